-- drills: one row per drill. A drill dated after the data date is a plan, not yet a drill.
SELECT record_id AS drill_id, title, category, NULL::VARCHAR AS level, NULL::VARCHAR AS channel, unit,
    place_text, building_id, room, grid_id, branch_id, held_at,
    expected::INTEGER AS expected, attended::INTEGER AS attended,
    round(evacuation_seconds)::INTEGER AS evacuation_seconds, round(target_seconds)::INTEGER AS target_seconds,
    problems_found::INTEGER AS problems_found, problems_fixed::INTEGER AS problems_fixed, description,
    file_id, sheet, row_number::INTEGER AS row_number,
    held_at <= data_date() AS is_drill,
    held_at <= data_date() AND coalesce(expected > 0 AND attended IS NOT NULL, false) AS has_attendance,
    held_at <= data_date() AND target_seconds IS NOT NULL AS has_target,
    held_at <= data_date() AND coalesce(evacuation_seconds <= target_seconds, false) AS is_on_target
FROM feed_drills
ORDER BY drill_id
