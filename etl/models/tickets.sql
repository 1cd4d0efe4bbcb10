-- tickets: one row per ticket in its latest state; every rule of time is a named column.
-- The school's own limits (deadlines: by class, by its clock, without the time it stood still) judge only where the export
-- itself has no column for a deadline, and stand beside it where it has; a response limit only where the export records
-- responses at all, so that a source without them shows no rate instead of nought per cent.
-- A ticket being worked on again (重办中) keeps its first closing time in the export: it is open, whatever that time says.
WITH habits AS (
    SELECT source, file_id, bool_or(name = 'due_at') AS has_due, bool_or(name = 'response_due_at') AS has_response_due,
           bool_or(name = 'responded_at') AS has_responses, bool_or(name = 'rated_by') AS has_rated_by
    FROM file_columns GROUP BY ALL
),
dated AS (
    SELECT ticket.*, has_rated_by, service.is_stop_unknown,
        CASE WHEN approval = '拒绝' THEN 'void' WHEN status IN ('void', 'open', 'closed') THEN status WHEN closed_at IS NOT NULL THEN 'closed' ELSE 'open' END AS state,
        CASE WHEN has_due OR ticket.due_at IS NOT NULL THEN ticket.due_at ELSE service.due_at END AS due, service.due_at AS service_due,
        CASE WHEN has_response_due OR response_due_at IS NOT NULL THEN response_due_at
             WHEN has_responses OR responded_at IS NOT NULL THEN response.due_at END AS response_due,
        CASE WHEN has_responses OR responded_at IS NOT NULL THEN response.due_at END AS service_response_due,
        building_id || '/' || coalesce(room, place_text) AS known_place
    FROM feed_tickets AS ticket JOIN habits USING (source, file_id)
    LEFT JOIN deadlines AS service ON service.table_name = 'tickets' AND service.limit_name = 'due' AND service.record_id = ticket.record_id
    LEFT JOIN deadlines AS response ON response.table_name = 'tickets' AND response.limit_name = 'response' AND response.record_id = ticket.record_id
),
openings AS (
    SELECT coalesce(known_place, place_text) AS place, category, opened_at AS again_at
    FROM dated WHERE state <> 'void' AND category IS NOT NULL AND place_text IS NOT NULL
),
ends AS (
    SELECT record_id, coalesce(known_place, place_text) AS place, category, greatest(closed_at, opened_at) AS ended_at
    FROM dated WHERE state = 'closed' AND closed_at IS NOT NULL
),
repeats AS (
    SELECT record_id FROM ends ASOF JOIN openings
        ON ends.place = openings.place AND ends.category = openings.category AND ends.ended_at < openings.again_at
    WHERE again_at <= ended_at + to_days(limit_of('tickets', 'repeat_days', NULL)::INTEGER)
),
judged AS (
    SELECT *, state <> 'void' AS is_ticket, state = 'open' AS is_open, state = 'closed' AS is_closed,
        CASE WHEN rating NOT IN ('非常满意', '满意', '基本满意', '一般', '不满意', '非常不满意') OR rating IS NULL THEN NULL -- a word never seen is no answer
             WHEN rated_by IS NOT NULL THEN rated_by
             WHEN regexp_matches(rating_text, '默认|系统|自动') THEN '系统默认'
             WHEN contains(rating_text, '代') THEN '代评'
             WHEN NOT has_rated_by THEN '本人' END AS rater,
        record_id IN (SELECT record_id FROM repeats) AS is_repeat
    FROM dated
)
SELECT record_id AS ticket_id, title, description, category, level, channel, unit,
    coalesce(reporter_number, reporter_phone, reporter) AS reporter_key, handler AS handler_key,
    place_text, building_id, room, grid_id, branch_id,
    coalesce(status_text, status) AS status_text, state AS status, opened_at, responded_at,
    CASE WHEN state = 'closed' THEN closed_at END AS closed_at,
    response_due AS response_due_at, due AS due_at, service_response_due AS service_response_due_at, service_due AS service_due_at, coalesce(rating_text, rating) AS rating_text, rater AS rated_by,
    coalesce(reopened_count, 0)::INTEGER AS reopened_count, closing_level, file_id, sheet, row_number::INTEGER AS row_number,
    is_ticket, is_open, is_closed,
    is_ticket AND coalesce(response_due <= data_date(), false) AS is_response_due,
    is_ticket AND coalesce(response_due <= data_date() AND responded_at <= response_due, false) AS is_response_on_time,
    is_ticket AND coalesce(due <= data_date(), false) AS is_due,
    is_closed AND coalesce(due <= data_date() AND closed_at <= due, false) AS is_on_time,
    is_open AND coalesce(due <= data_date(), false) AS is_overdue_open,
    is_ticket AND coalesce(service_response_due <= data_date(), false) AS is_service_response_due,
    is_ticket AND coalesce(service_response_due <= data_date() AND responded_at <= service_response_due, false) AS is_service_response_on_time,
    is_ticket AND coalesce(service_due <= data_date(), false) AS is_service_due,
    is_closed AND coalesce(service_due <= data_date() AND closed_at <= service_due, false) AS is_service_on_time,
    is_ticket AND coalesce(service_due <= data_date() AND is_stop_unknown, false) AS is_stop_unknown,
    is_closed AND coalesce(rater = '本人', false) AS is_rated_by_person,
    is_closed AND coalesce(rater = '本人' AND rating IN ('非常满意', '满意', '基本满意'), false) AS is_satisfied,
    is_closed AND coalesce(reopened_count > 0, false) AS is_reopened,
    is_repeat,
    is_repeat OR (is_closed AND coalesce(reopened_count > 0, false)) AS is_reopened_or_repeat,
    is_closed AND coalesce(closed_at < opened_at AND closed_at <> date_trunc('day', opened_at), false) AS is_closed_before_opened
FROM judged
ORDER BY ticket_id
