-- assignments: one row per matter the meeting assigned, as the school's own ledger tells it. The first deadline judges.
WITH first_deadlines AS (
    SELECT record_id, first(due_at ORDER BY sequence) AS first_due_at
    FROM states_assignments WHERE due_at IS NOT NULL GROUP BY record_id
),
read AS (
    SELECT entry.*, service.due_at AS service_due, is_stop_unknown,
        least(first_due_at, entry.due_at) AS due, nullif(entry.due_at, least(first_due_at, entry.due_at)) AS extended_due,
        CASE WHEN status IN ('void', 'done', 'open') THEN status WHEN closed_at IS NOT NULL THEN 'done' ELSE 'open' END AS state
    FROM feed_assignments AS entry LEFT JOIN first_deadlines ON first_deadlines.record_id = entry.record_id
    LEFT JOIN deadlines AS service ON service.table_name = 'assignments' AND service.record_id = entry.record_id
),
judged AS (
    SELECT *, state <> 'void' AND assigned_at <= data_date() AS is_assignment,
        state = 'done' AND assigned_at <= data_date() AND coalesce(closed_at <= data_date(), true) AS is_done
    FROM read
)
SELECT record_id AS assignment_id, title, assigned_at, due AS due_at, extended_due AS extended_due_at, service_due AS service_due_at, if(is_done, closed_at, NULL) AS closed_at,
    post, owner AS owner_key, reason, description, coalesce(status_text, status) AS status_text, state AS status,
    category, level, channel, unit, place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number::INTEGER AS row_number,
    is_assignment, is_done, is_assignment AND NOT is_done AS is_open,
    is_assignment AND coalesce(due <= data_date(), false) AS is_due,
    is_assignment AND is_done AND coalesce(closed_at <= due AND due <= data_date(), false) AS is_on_time,
    is_assignment AND NOT is_done AND coalesce(due <= data_date(), false) AS is_overdue_open,
    is_assignment AND coalesce(service_due <= data_date(), false) AS is_service_due,
    is_assignment AND is_done AND coalesce(closed_at <= service_due AND service_due <= data_date(), false) AS is_service_on_time,
    is_assignment AND coalesce(service_due <= data_date() AND is_stop_unknown, false) AS is_stop_unknown,
    is_done AND coalesce(closed_at::DATE = due::DATE, false) AS is_on_due_day,
    extended_due IS NOT NULL AS is_extended
FROM judged
ORDER BY assignment_id
