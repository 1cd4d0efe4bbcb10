-- pairing_terms: one row per pairing and term it was in force in: was anything done together from its first day to the next
-- term's? Stands from the term's first day (or the signing) to the next term's (or the end of the pairing).
WITH terms AS (
    SELECT term_id, any_value(term_label) AS term_label, min(day)::TIMESTAMP AS first_moment,
        coalesce(lead(min(day)) OVER (ORDER BY min(day)), max(day) + 71)::TIMESTAMP AS next_moment
    FROM calendar WHERE term_id IS NOT NULL GROUP BY term_id
),
bound AS (
    SELECT pairings.*, term_id, term_label, greatest(first_moment, signed_at) AS starts_at,
        least(next_moment, coalesce(pairings.ends_at, next_moment)) AS stands_until
    FROM pairings JOIN terms ON first_moment <= data_date() AND signed_at < next_moment
    WHERE is_pairing AND coalesce(pairings.ends_at > greatest(first_moment, signed_at), true)
),
done AS (
    SELECT pairing_id, term_id, count(action_id) AS actions, max(held_at) AS last_action_at
    FROM bound LEFT JOIN joint_actions AS action ON action.is_action AND action.branch_id = bound.branch_id
        AND replace(action.partner, ' ', '') = replace(bound.partner, ' ', '') AND action.held_at >= bound.starts_at AND action.held_at < bound.stands_until
    GROUP BY ALL
)
SELECT pairing_id || '·' || term_id AS pairing_term_id, pairing_id, partner, term_id, term_label, starts_at, stands_until AS ends_at,
    if(done.actions = 0, starts_at, NULL) AS idle_from, done.actions::INTEGER AS actions, done.last_action_at,
    category, level, channel, unit, place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number,
    true AS is_in_force, done.actions > 0 AS has_action
FROM bound JOIN done USING (pairing_id, term_id)
ORDER BY pairing_term_id
