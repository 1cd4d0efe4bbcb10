-- 品牌任务、责任状、督办或共建的部分超出了整体
SELECT '品牌任务', task_id FROM brand_tasks
WHERE is_on_time > (is_due AND is_done) OR is_done > (is_said_done AND has_evidence) OR is_due > is_task OR is_overdue_open > (is_due AND is_open)
    OR (is_task AND is_due AND is_done AND is_open AND is_on_time AND is_overdue_open AND has_evidence) IS NULL
UNION ALL SELECT '责任状', pledge_id FROM pledges
WHERE is_on_time > (is_due AND is_signed) OR is_due > is_required OR is_overdue_open > is_due OR (is_required AND is_due AND is_signed AND is_on_time) IS NULL
UNION ALL SELECT '督办', assignment_id FROM assignments
WHERE is_on_time > (is_due AND is_done) OR is_due > is_assignment OR is_overdue_open > (is_due AND is_open) OR (is_assignment AND is_due AND is_on_time) IS NULL
UNION ALL SELECT '共建', pairing_term_id FROM pairing_terms WHERE (idle_from IS NULL) <> has_action OR starts_at >= ends_at
UNION ALL SELECT '走访', visit_id FROM grid_visits WHERE is_duty > is_visit OR (is_visit AND is_duty) IS NULL
UNION ALL SELECT '行动', campaign_id FROM campaigns WHERE is_over > is_campaign
