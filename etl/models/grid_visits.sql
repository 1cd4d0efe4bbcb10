-- grid_visits: one row per visit of a grid worker and the duty it did. What is dated after the data date is a plan.
SELECT record_id AS visit_id, category, people::INTEGER AS people, worker AS worker_key, description,
    NULL::VARCHAR AS level, NULL::VARCHAR AS channel, unit, visited_at,
    place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number::INTEGER AS row_number,
    visited_at <= data_date() AS is_visit,
    visited_at <= data_date() AND coalesce(category IN ('安全教育', '信息采集', '社情民意', '隐患整治', '矛盾化解', '政策宣传', '平安学院'), false) AS is_duty
FROM feed_grid_visits
ORDER BY visit_id
