-- 演练的部分超出了整体
SELECT drill_id FROM drills
WHERE (has_attendance OR has_target) > is_drill OR is_on_target > has_target OR (is_drill AND has_attendance AND has_target AND is_on_target) IS NULL
