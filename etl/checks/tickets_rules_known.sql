-- 工单有没算出来的判断
SELECT ticket_id FROM tickets
WHERE (is_ticket AND is_open AND is_closed AND is_response_due AND is_response_on_time AND is_due AND is_on_time AND is_overdue_open
    AND is_rated_by_person AND is_satisfied AND is_reopened AND is_repeat AND is_reopened_or_repeat AND is_closed_before_opened) IS NULL
    OR (NOT is_ticket AND NOT is_open) IS NULL OR status NOT IN ('open', 'closed', 'void')
