-- 检查编号重复
SELECT inspection_id, count(*) FROM inspections GROUP BY inspection_id HAVING count(*) > 1 OR inspection_id IS NULL
