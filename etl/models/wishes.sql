-- wishes: one row per wish in its latest state. The first promised date judges; an open wish past it stays in the whole.
-- A wish declined with an explanation is no longer open, but it was not fulfilled: it stays in the whole as well.
WITH first_promises AS (
    SELECT record_id, first(promised_at ORDER BY sequence) AS first_promised_at
    FROM states_wishes WHERE promised_at IS NOT NULL GROUP BY record_id
),
stated AS (
    SELECT wish.*, service.due_at AS service_due, is_stop_unknown, least(first_promised_at, promised_at) AS promise,
        nullif(promised_at, least(first_promised_at, promised_at)) AS later_promise,
        CASE WHEN status = 'void' THEN 'void' WHEN decision = 'no' OR status = 'declined' THEN 'declined'
             WHEN status IN ('fulfilled', 'claimed', 'open') THEN status
             WHEN fulfilled_at IS NOT NULL THEN 'fulfilled' WHEN claimed_at IS NOT NULL THEN 'claimed' ELSE 'open' END AS state
    FROM feed_wishes AS wish LEFT JOIN first_promises ON first_promises.record_id = wish.record_id
    LEFT JOIN deadlines AS service ON service.table_name = 'wishes' AND service.record_id = wish.record_id
),
judged AS (
    SELECT *, state <> 'void' AND wished_at <= data_date() AS is_wish,
        state IN ('open', 'claimed') AND wished_at <= data_date() AS is_open,
        state = 'fulfilled' AND wished_at <= data_date() AS is_fulfilled,
        state <> 'void' AND wished_at <= data_date() AND coalesce(promise <= data_date(), false) AS is_due,
        CASE WHEN state = 'fulfilled' THEN fulfilled_at END AS done_at
    FROM stated
)
SELECT record_id AS wish_id, description, category, level, channel, unit,
    coalesce(wisher_number, wisher_phone, wisher) AS wisher_key, owner AS owner_key,
    place_text, building_id, room, grid_id, branch_id, coalesce(status_text, status) AS status_text, state AS status,
    wished_at, claimed_at, promise AS promised_at, later_promise AS later_promised_at, service_due AS service_due_at, done_at AS fulfilled_at,
    coalesce(done_at, CASE WHEN state = 'declined' THEN greatest(coalesce(fulfilled_at, updated_at, export_time), wished_at) END) AS ended_at,
    file_id, sheet, row_number::INTEGER AS row_number,
    is_wish, is_open, is_fulfilled,
    is_wish AND (state IN ('claimed', 'fulfilled') OR claimed_at IS NOT NULL) AS is_claimed,
    is_open AND state = 'open' AND claimed_at IS NULL AS is_unclaimed,
    is_wish AND state = 'declined' AS is_declined,
    is_wish AND promise IS NOT NULL AS has_promise,
    is_due,
    is_due AND is_fulfilled AS is_due_fulfilled,
    is_due AND is_fulfilled AND coalesce(done_at <= promise, false) AS is_on_time,
    is_due AND is_fulfilled AND NOT coalesce(done_at <= promise, false) AS is_late,
    is_due AND is_open AS is_overdue_open,
    is_wish AND coalesce(service_due <= data_date(), false) AS is_service_due,
    is_fulfilled AND coalesce(service_due <= data_date() AND done_at <= service_due, false) AS is_service_on_time,
    is_wish AND coalesce(service_due <= data_date() AND is_stop_unknown, false) AS is_stop_unknown,
    later_promise IS NOT NULL AS is_postponed
FROM judged
ORDER BY wish_id
