-- 隐患的部分超出了整体
SELECT hazard_id FROM hazards
WHERE (is_open OR is_closed OR is_due) > is_hazard OR is_on_time > (is_due AND is_closed) OR is_overdue_open > (is_due AND is_open)
    OR is_recurrence > is_closed OR is_on_deadline_day > is_closed OR is_major_closed <> (is_major AND is_closed)
    OR (is_open AND is_closed) OR (is_hazard AND NOT is_open AND NOT is_closed)
    OR status NOT IN ('open', 'rectified', 'closed', 'void')
