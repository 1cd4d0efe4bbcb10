-- 构建没有唯一的数据日期
SELECT count(*) AS data_dates FROM manifest WHERE key = 'data_date' HAVING count(*) <> 1
