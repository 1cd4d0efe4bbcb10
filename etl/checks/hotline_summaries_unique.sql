-- 热线汇总同一部门同一周期有两行
SELECT unit, period_start::VARCHAR, period_end::VARCHAR FROM hotline_summaries GROUP BY ALL HAVING count(*) > 1 OR unit IS NULL
UNION ALL SELECT summary_id, '', '' FROM hotline_summaries GROUP BY summary_id HAVING count(*) > 1 OR summary_id IS NULL
