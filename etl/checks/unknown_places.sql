-- 记录指向不存在的楼宇、网格或党支部
WITH facts AS (
    SELECT ticket_id AS id, building_id, grid_id, branch_id FROM tickets
    UNION ALL SELECT hazard_id, building_id, grid_id, branch_id FROM hazards
    UNION ALL SELECT drill_id, building_id, grid_id, branch_id FROM drills
    UNION ALL SELECT obligation_id, building_id, grid_id, branch_id FROM drill_obligations
    UNION ALL SELECT building_id, building_id, grid_id, branch_id FROM buildings
    UNION ALL SELECT grid_id, NULL, grid_id, branch_id FROM grids
)
SELECT id FROM facts
WHERE (building_id IS NOT NULL AND building_id NOT IN (SELECT building_id FROM buildings))
    OR (grid_id IS NOT NULL AND grid_id NOT IN (SELECT grid_id FROM grids))
    OR (branch_id IS NOT NULL AND branch_id NOT IN (SELECT branch_id FROM branches))
