-- buildings: one row per building. Without a branch of its own it belongs to its grid's branch.
SELECT building.building_id, building.name, coalesce(building.kind, '其他') AS kind, grid.grid_id,
       coalesce(branch.branch_id, grids.branch_id) AS branch_id,
       building.residents::INTEGER AS residents, building.floors::INTEGER AS floors,
       coalesce(building.is_key_site, false) AS is_key_site,
       coalesce(building.sort_order, row_number() OVER (ORDER BY building.building_id))::INTEGER AS sort_order
FROM feed_buildings AS building
LEFT JOIN grid_words AS grid ON grid.word = building.grid_id
LEFT JOIN grids ON grids.grid_id = grid.grid_id
LEFT JOIN branch_words AS branch ON branch.word = building.branch_id
ORDER BY sort_order, building.building_id
