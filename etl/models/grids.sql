-- grids: one row per grid. The branch may be written as its number or its name.
SELECT grid.grid_id, grid.name, branch.branch_id, grid.members::INTEGER AS members,
       coalesce(grid.sort_order, row_number() OVER (ORDER BY grid.grid_id))::INTEGER AS sort_order
FROM feed_grids AS grid
LEFT JOIN branch_words AS branch ON branch.word = grid.branch_id
ORDER BY sort_order, grid.grid_id
