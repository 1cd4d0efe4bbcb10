-- 热线汇总的部分超出了整体
SELECT summary_id FROM hotline_summaries
WHERE satisfied > reached OR reached > called OR closed_on_time > due OR is_under_floor > is_summary OR period_end < period_start
    OR (is_summary AND has_period AND is_under_floor AND is_unbalanced) IS NULL
