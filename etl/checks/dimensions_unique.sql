-- 楼宇、网格、党支部或日历有重复的编号
SELECT '楼宇', building_id FROM buildings GROUP BY building_id HAVING count(*) > 1 OR building_id IS NULL
UNION ALL SELECT '网格', grid_id FROM grids GROUP BY grid_id HAVING count(*) > 1 OR grid_id IS NULL
UNION ALL SELECT '党支部', branch_id FROM branches GROUP BY branch_id HAVING count(*) > 1 OR branch_id IS NULL
UNION ALL SELECT '日历', day::VARCHAR FROM calendar GROUP BY day HAVING count(*) > 1 OR day IS NULL
