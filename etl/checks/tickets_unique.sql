-- 工单编号重复
SELECT ticket_id, count(*) FROM tickets GROUP BY ticket_id HAVING count(*) > 1 OR ticket_id IS NULL
