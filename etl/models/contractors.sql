-- contractors: one row per guard of a contractor. left_on is the last day, gone_at the first moment after it; who is called gone without a
-- day was gone when an export first said so.
WITH gone AS (SELECT record_id, min(export_time) AS seen_at FROM states_contractors WHERE status = 'out' GROUP BY record_id),
dated AS (
    SELECT guard.* EXCLUDE (left_on), coalesce(guard.left_on::TIMESTAMP, CASE WHEN status = 'out' THEN date_trunc('day', seen_at) END) AS last_day
    FROM feed_contractors AS guard LEFT JOIN gone USING (record_id)
)
SELECT record_id AS contractor_id, category, NULL::VARCHAR AS level, NULL::VARCHAR AS channel, unit,
    coalesce(person_number, person) AS person_key, place_text, building_id, room, grid_id, branch_id,
    joined_on::TIMESTAMP AS joined_on, trained_on::TIMESTAMP AS trained_on,
    CASE WHEN certificate_number IS NOT NULL OR certified_on IS NOT NULL THEN coalesce(certified_on, joined_on)::TIMESTAMP END AS certified_on,
    certificate_number AS number_key, last_day AS left_on, last_day + INTERVAL 1 DAY AS gone_at, reason, description,
    file_id, sheet, row_number::INTEGER AS row_number,
    joined_on <= data_date() AS is_contractor,
    joined_on <= data_date() AND coalesce(last_day + INTERVAL 1 DAY > data_date(), true) AS is_in_post,
    joined_on <= data_date() AND coalesce(last_day <= data_date(), false) AS is_left
FROM dated
ORDER BY contractor_id
