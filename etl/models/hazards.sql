-- hazards: one row per hazard in its latest state. Closed means verified (销号/复查), not merely rectified.
-- The first deadline judges: a later one in a later export is an extension, shown and not counted in favour. By the school's
-- own clock (deadlines) it is the same one moved by the time it stood still, or the limit of its class where one is declared.
WITH first_deadlines AS (
    SELECT record_id, first(due_at ORDER BY sequence) AS first_due_at
    FROM states_hazards WHERE due_at IS NOT NULL GROUP BY record_id
),
stated AS (
    SELECT hazard.*,
        CASE WHEN approval = '拒绝' THEN 'void' WHEN status IN ('void', 'closed', 'open', 'rectified') THEN status
             WHEN closed_at IS NOT NULL THEN 'closed' WHEN rectified_at IS NOT NULL THEN 'rectified' ELSE 'open' END AS state,
        least(first_due_at, hazard.due_at) AS due, service.due_at AS service_due, is_stop_unknown,
        nullif(greatest(extended_due_at, hazard.due_at), least(first_due_at, hazard.due_at)) AS extended_due,
        building_id || '/' || coalesce(room, place_text) AS known_place
    FROM feed_hazards AS hazard LEFT JOIN first_deadlines ON first_deadlines.record_id = hazard.record_id
    LEFT JOIN deadlines AS service ON service.table_name = 'hazards' AND service.record_id = hazard.record_id
),
closings AS (
    SELECT *, CASE WHEN state = 'closed' THEN coalesce(closed_at, rectified_at) END AS verified_at,
        coalesce(known_place, place_text) AS place
    FROM stated
),
findings AS (
    SELECT place, category, found_at AS again_at FROM closings
    WHERE state <> 'void' AND category IS NOT NULL AND place IS NOT NULL
),
recurrences AS (
    SELECT ended.record_id
    FROM (SELECT record_id, place, category, greatest(verified_at, found_at) AS ended_at
          FROM closings WHERE verified_at IS NOT NULL) AS ended
    ASOF JOIN findings
        ON ended.place = findings.place AND ended.category = findings.category AND ended.ended_at < findings.again_at
    WHERE again_at <= ended_at + to_days(limit_of('hazards', 'recurrence_days', NULL)::INTEGER)
),
judged AS (
    SELECT *, state <> 'void' AS is_hazard, state = 'closed' AS is_closed, state IN ('open', 'rectified') AS is_open,
        state <> 'void' AND coalesce(due <= data_date(), false) AS is_due,
        state <> 'void' AND coalesce(service_due <= data_date(), false) AS is_service_due,
        record_id IN (SELECT record_id FROM recurrences) AS is_recurrence
    FROM closings
)
SELECT record_id AS hazard_id, description, category, level, coalesce(level = '重大', false) AS is_major, campaign, channel, unit,
    coalesce(reporter_phone, reporter) AS reporter_key, owner AS owner_key,
    place_text, building_id, room, grid_id, branch_id, coalesce(status_text, status) AS status_text, state AS status,
    found_at, due AS due_at, service_due AS service_due_at, extended_due AS extended_due_at, rectified_at, verified_at AS closed_at,
    file_id, sheet, row_number::INTEGER AS row_number,
    is_hazard, is_open, is_closed, is_due,
    is_due AND is_closed AND coalesce(verified_at <= due, false) AS is_on_time,
    is_due AND is_open AS is_overdue_open,
    is_service_due,
    is_service_due AND is_closed AND coalesce(verified_at <= service_due, false) AS is_service_on_time,
    is_service_due AND coalesce(is_stop_unknown, false) AS is_stop_unknown,
    is_recurrence,
    is_closed AND coalesce(verified_at::DATE = due::DATE, false) AS is_on_deadline_day,
    extended_due IS NOT NULL AS is_extended,
    is_closed AND coalesce(level = '重大', false) AS is_major_closed
FROM judged
ORDER BY hazard_id
