-- 法定演练要求重复
SELECT obligation_id, count(*) FROM drill_obligations GROUP BY obligation_id HAVING count(*) > 1
