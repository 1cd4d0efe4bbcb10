-- fraud_attempts: frauds that met somebody: deceived (fraud_cases) or talked out of it in time (dissuasions in fraud_outreach).
-- Counted only from the day on which both registers have records, or one missing export would make nought or a hundred per cent.
WITH begun AS (
    SELECT greatest((SELECT min(happened_at) FROM fraud_cases WHERE is_case), (SELECT min(held_at) FROM fraud_outreach WHERE is_dissuasion))::DATE AS from_day,
        EXISTS (SELECT 1 FROM fraud_cases WHERE is_case) AND EXISTS (SELECT 1 FROM fraud_outreach WHERE is_dissuasion) AS has_both
),
attempts AS (
    SELECT '受骗/' || case_id AS attempt_id, case_id AS record_number, '受骗' AS outcome, happened_at, category, level, channel, unit, description,
        place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number, false AS is_dissuaded
    FROM fraud_cases WHERE is_case
    UNION ALL
    SELECT '劝阻/' || outreach_id, outreach_id, '劝阻', held_at, category, level, channel, unit, description,
        place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number, true
    FROM fraud_outreach WHERE is_dissuasion
)
SELECT attempts.* EXCLUDE (is_dissuaded), has_both AND happened_at >= from_day AS is_attempt,
    has_both AND happened_at >= from_day AND is_dissuaded AS is_dissuaded
FROM attempts CROSS JOIN begun
ORDER BY attempt_id
