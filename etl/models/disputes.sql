-- disputes: one row per dispute in its latest state. A dispute that flared up again is open, whatever day it was settled first.
WITH stated AS (
    SELECT *, raised_at <= data_date() AS is_past,
        CASE WHEN status IN ('void', 'open', 'closed') THEN status WHEN closed_at IS NOT NULL THEN 'closed' ELSE 'open' END AS state
    FROM feed_disputes
)
SELECT record_id AS dispute_id, description, category, NULL::VARCHAR AS level, raised_level, closing_level, channel, unit, handler AS handler_key,
    place_text, building_id, room, grid_id, branch_id, coalesce(status_text, status) AS status_text, state AS status,
    raised_at, escalated_at, CASE WHEN state = 'closed' THEN closed_at END AS closed_at, coalesce(relapses, 0)::INTEGER AS relapses,
    file_id, sheet, row_number::INTEGER AS row_number,
    is_past AND state <> 'void' AS is_dispute,
    is_past AND state = 'open' AS is_open,
    is_past AND state = 'closed' AS is_closed,
    is_past AND state = 'closed' AND coalesce(relapses > 0, false) AS is_relapsed
FROM stated
ORDER BY dispute_id
