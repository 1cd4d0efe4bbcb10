-- 微心愿的部分超出了整体，或有没算出来的判断
SELECT wish_id FROM wishes
WHERE (is_open OR is_fulfilled OR is_claimed OR is_declined OR has_promise OR is_due) > is_wish OR is_unclaimed > is_open
    OR is_due_fulfilled > (is_due AND is_fulfilled) OR (is_on_time OR is_late) <> is_due_fulfilled OR (is_on_time AND is_late)
    OR is_overdue_open > (is_due AND is_open) OR is_fulfilled > is_claimed
    OR is_open::INTEGER + is_fulfilled::INTEGER + is_declined::INTEGER <> is_wish::INTEGER
    OR (is_wish AND is_open AND is_fulfilled AND is_claimed AND is_unclaimed AND is_declined AND has_promise AND is_due
        AND is_due_fulfilled AND is_on_time AND is_late AND is_overdue_open AND is_postponed) IS NULL
