-- 隐患编号重复
SELECT hazard_id, count(*) FROM hazards GROUP BY hazard_id HAVING count(*) > 1 OR hazard_id IS NULL
