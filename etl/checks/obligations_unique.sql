-- 法定要求重复
SELECT obligation_id, count(*) FROM obligations GROUP BY obligation_id HAVING count(*) > 1
