-- 值守或检查的部分超出了整体
SELECT shift_id FROM duty_shifts
WHERE is_short > has_roster OR is_uncovered > is_short OR is_held > is_shift OR (is_shift AND has_present AND is_held AND is_short) IS NULL
UNION ALL
SELECT inspection_id FROM inspections WHERE is_finding > has_count OR has_count > is_inspection OR (is_finding AND has_students AND is_linked) IS NULL
