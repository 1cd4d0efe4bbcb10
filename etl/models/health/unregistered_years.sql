-- Years in which a deadline runs in service hours and no holiday is registered: their workdays are Monday to Friday.
SELECT 'holidays' AS source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number,
    '开始日期' AS column_label, 'unregistered_years' AS code,
    year || ' 年没有登记节假日，按服务时间算的期限在这一年按周一至周五算工作日' AS message,
    '请把这一年的放假和调休补进 data/school/holidays.csv' AS remedy, 1 AS occurrences
FROM (SELECT DISTINCT unnest(string_split(unregistered_years, '、')) AS year FROM deadline_clocks)
ORDER BY year
