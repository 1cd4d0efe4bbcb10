-- 维保编号重复
SELECT service_id, count(*) FROM equipment_services GROUP BY service_id HAVING count(*) > 1 OR service_id IS NULL
