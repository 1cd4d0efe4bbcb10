-- 事项层级的部分超出了整体，编号重复，或者与工单、纠纷的件数不符
SELECT case_id FROM ladder_cases
WHERE is_open = is_closed OR is_levelled > is_closed OR is_resolved_in_grid > (is_raised_in_grid AND is_closed) OR is_reopened > is_closed OR is_closed_on_campus > is_levelled
    OR is_passed_on > is_levelled OR (is_case AND is_levelled AND is_raised_in_grid AND is_resolved_in_grid AND is_passed_on AND is_closed_on_campus AND is_reopened) IS NULL
UNION ALL SELECT case_id FROM ladder_cases GROUP BY case_id HAVING count(*) > 1 OR case_id IS NULL
UNION ALL SELECT step_id FROM ladder_steps WHERE (is_step AND has_left AND is_last_step) IS NULL OR level IS NULL OR case_id NOT IN (SELECT case_id FROM ladder_cases)
UNION ALL SELECT step_id FROM ladder_steps GROUP BY step_id HAVING count(*) > 1 OR step_id IS NULL
UNION ALL SELECT dispute_id FROM disputes WHERE (is_open OR is_closed) > is_dispute OR (is_dispute AND is_open = is_closed) OR is_relapsed > is_closed OR (is_dispute AND is_open AND is_relapsed) IS NULL
UNION ALL SELECT dispute_id FROM disputes GROUP BY dispute_id HAVING count(*) > 1 OR dispute_id IS NULL
UNION ALL SELECT origin FROM (
    SELECT '工单' AS origin, (SELECT count(*) FROM tickets WHERE is_ticket AND opened_at <= (SELECT value::TIMESTAMP FROM manifest WHERE key = 'data_date')) AS wanted
    UNION ALL SELECT '矛盾纠纷', (SELECT count(*) FROM disputes WHERE is_dispute)
) LEFT JOIN (SELECT origin, count(*) AS found FROM ladder_cases GROUP BY origin) USING (origin)
WHERE wanted <> coalesce(found, 0)
