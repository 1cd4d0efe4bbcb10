-- incidents: one row per call to the campus 110 in its latest state; a void one (误报, 撤销) counts nowhere.
-- Arrival is asked only of those somebody went to, and only where the export has a column for it; its limit is the school's (deadlines).
WITH habits AS (
    SELECT source, file_id, bool_or(name = 'arrived_at') AS has_arrivals FROM file_columns GROUP BY ALL
),
stated AS (
    SELECT incident.*, coalesce(has_arrivals, false) AS has_arrivals, received_at <= data_date() AS is_past,
        CASE WHEN status IN ('void', 'open', 'closed') THEN status WHEN closed_at IS NOT NULL THEN 'closed' ELSE 'open' END AS state,
        deadlines.due_at AS arrival_due
    FROM feed_incidents AS incident LEFT JOIN habits USING (source, file_id)
    LEFT JOIN deadlines ON deadlines.table_name = 'incidents' AND deadlines.record_id = incident.record_id
),
judged AS (
    SELECT *, is_past AND state <> 'void' AS counts,
        is_past AND state <> 'void' AND coalesce(handling, '出警') = '出警' AND has_arrivals AS needs_arrival
    FROM stated
)
SELECT record_id AS incident_id, description, category, level, handling, channel, unit,
    coalesce(reporter_phone, reporter) AS reporter_key, handler AS handler_key,
    place_text, building_id, room, grid_id, branch_id, coalesce(status_text, status) AS status_text, state AS status,
    received_at, dispatched_at, arrived_at, arrival_due AS arrival_due_at, CASE WHEN state = 'closed' THEN closed_at END AS closed_at,
    CASE WHEN arrived_at >= received_at THEN round(date_diff('second', received_at, arrived_at) / 60.0, 1) END AS minutes_to_arrival,
    file_id, sheet, row_number::INTEGER AS row_number,
    counts AS is_incident,
    counts AND state = 'open' AS is_open,
    counts AND state = 'closed' AS is_closed,
    counts AND coalesce(level IN ('重大', '较大'), false) AS is_severe,
    needs_arrival AS is_dispatched,
    needs_arrival AND arrived_at IS NOT NULL AS is_arrived,
    needs_arrival AND arrival_due <= data_date() AS is_arrival_due,
    needs_arrival AND arrival_due <= data_date() AND coalesce(arrived_at BETWEEN received_at AND arrival_due, false) AS is_arrived_on_time,
    counts AND record_id IN (SELECT incident_id FROM zero_events WHERE is_counted) AS is_zero_type
FROM judged
ORDER BY incident_id
