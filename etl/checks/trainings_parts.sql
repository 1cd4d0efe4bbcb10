-- 考核的部分超出了整体
SELECT exam_id FROM trainings
WHERE is_first::INTEGER + is_resit::INTEGER <> is_examined::INTEGER OR is_first_pass > is_first OR is_resit_pass > is_resit OR (is_absent AND is_examined)
   OR (is_first AND is_first_pass AND is_resit AND is_resit_pass AND is_absent) IS NULL
