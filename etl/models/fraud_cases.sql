-- fraud_cases: one row per person deceived; what was only attempted or talked out of belongs to fraud_outreach.
WITH stated AS (
    SELECT *, happened_at <= data_date() AS is_past,
        CASE WHEN status IN ('void', 'open', 'closed') THEN status ELSE 'open' END AS state
    FROM feed_fraud_cases
)
SELECT record_id AS case_id, category, description, level, channel, unit,
    coalesce(victim_number, victim_phone, victim) AS victim_key,
    place_text, building_id, room, grid_id, branch_id, coalesce(status_text, status) AS status_text, state AS status,
    happened_at, loss, recovered, file_id, sheet, row_number::INTEGER AS row_number,
    is_past AND state <> 'void' AS is_case,
    is_past AND state <> 'void' AND loss IS NOT NULL AS has_loss,
    is_past AND state <> 'void' AND coalesce(is_filed, false) AS is_filed,
    is_past AND state = 'closed' AS is_closed
FROM stated
ORDER BY case_id
