-- visits: one row per group that came to a site. What is still booked or was called off is no visit.
SELECT record_id AS visit_id, category, level, channel, unit, place_text, building_id, room, grid_id, branch_id, visited_at,
    people::INTEGER AS people, guide AS guide_key, description, status, file_id, sheet, row_number::INTEGER AS row_number,
    visited_at <= data_date() AND coalesce(status NOT IN ('void', 'open'), true) AS is_visit,
    coalesce(status = 'void', false) AS is_called_off
FROM feed_visits
ORDER BY visit_id
