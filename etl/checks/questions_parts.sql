-- 提问的部分超出了整体，或有没算出来的判断
SELECT question_id FROM questions
WHERE (is_open OR is_resolved OR has_answer OR is_due) > is_question OR is_on_spot > has_answer OR is_on_time > (is_due AND is_resolved)
    OR is_overdue_open > (is_due AND is_open) OR is_open::INTEGER + is_resolved::INTEGER <> is_question::INTEGER
    OR (is_question AND is_open AND is_resolved AND has_answer AND is_on_spot AND is_due AND is_on_time AND is_overdue_open) IS NULL
