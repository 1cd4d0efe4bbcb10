-- 演练编号重复
SELECT drill_id, count(*) FROM drills GROUP BY drill_id HAVING count(*) > 1 OR drill_id IS NULL
