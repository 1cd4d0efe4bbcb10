-- 工单的部分超出了整体
SELECT ticket_id FROM tickets
WHERE (is_open OR is_closed OR is_response_due OR is_due) > is_ticket
    OR is_response_on_time > is_response_due OR is_on_time > is_due OR is_on_time > is_closed OR is_overdue_open > (is_due AND is_open)
    OR is_rated_by_person > is_closed OR is_satisfied > is_rated_by_person
    OR is_reopened > is_closed OR is_repeat > is_closed OR is_reopened_or_repeat <> (is_reopened OR is_repeat)
    OR is_closed_before_opened > is_closed OR (is_open AND is_closed) OR (is_ticket AND NOT is_open AND NOT is_closed)
