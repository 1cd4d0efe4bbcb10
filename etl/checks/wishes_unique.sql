-- 心愿编号重复
SELECT wish_id, count(*) FROM wishes GROUP BY wish_id HAVING count(*) > 1 OR wish_id IS NULL
