-- 服务编号重复
SELECT service_id, count(*) FROM services GROUP BY service_id HAVING count(*) > 1 OR service_id IS NULL
