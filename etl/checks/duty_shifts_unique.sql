-- 值守班次编号重复
SELECT shift_id, count(*) FROM duty_shifts GROUP BY shift_id HAVING count(*) > 1 OR shift_id IS NULL
