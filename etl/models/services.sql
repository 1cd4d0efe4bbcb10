-- services: one row per service given (安心护送, 暖心伞, 义诊 …). Booked, cancelled or dated after the data date is no service yet.
WITH stated AS (
    SELECT *, CASE WHEN status IN ('done', 'planned', 'void') THEN status WHEN served_at > data_date() THEN 'planned' ELSE 'done' END AS state
    FROM feed_services
),
judged AS (
    SELECT *, state = 'done' AND served_at <= data_date() AS is_service FROM stated
)
SELECT record_id AS service_id, description, category, level, channel, unit,
    staff AS staff_key, coalesce(requester_phone, requester) AS requester_key,
    place_text, building_id, room, grid_id, branch_id, coalesce(status_text, status) AS status_text, state AS status,
    served_at, people::INTEGER AS people, file_id, sheet, row_number::INTEGER AS row_number,
    is_service,
    is_service AND people IS NOT NULL AS has_people,
    is_service AND branch_id IS NOT NULL AS has_branch,
    state = 'void' AS is_cancelled
FROM judged
ORDER BY service_id
