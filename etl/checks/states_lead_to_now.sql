-- 有记录的最后状态与明细不符
SELECT table_name, record_id FROM (
    SELECT table_name, record_id, arg_max_null(status_text, sequence) AS last_text, max(sequence) AS states, count(*) AS rows
    FROM record_states GROUP BY ALL
) AS told
LEFT JOIN (SELECT 'tickets' AS table_name, ticket_id AS record_id, status_text FROM tickets
      UNION ALL SELECT 'hazards', hazard_id, status_text FROM hazards) AS now USING (table_name, record_id)
WHERE states <> rows OR (table_name IN ('tickets', 'hazards') AND last_text IS DISTINCT FROM now.status_text)
