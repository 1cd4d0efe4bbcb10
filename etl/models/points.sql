-- points: one row per subject (a branch or a unit), day, period and item, its newest writing. Shown, never decides.
WITH scored AS (
    SELECT point.*, branch.branch_id AS known_branch, known.name AS known_unit,
        concat(coalesce(branch.branch_id, known.name, subject), '·', scored_at::DATE, '·', period, '·', category) AS point_id
    FROM feed_points AS point LEFT JOIN branch_words AS branch ON branch.word = subject LEFT JOIN unit_words AS known ON known.word = subject
    QUALIFY row_number() OVER (PARTITION BY point_id ORDER BY export_time DESC, row_number DESC) = 1
)
SELECT point_id, subject, period, scored_at, coalesce(category, '合计') AS category, points, description,
    level, channel, coalesce(known_unit, unit) AS unit, place_text, building_id, room, grid_id, coalesce(known_branch, branch_id) AS branch_id,
    file_id, sheet, row_number::INTEGER AS row_number,
    scored_at <= data_date() AS is_scored
FROM scored
ORDER BY point_id
