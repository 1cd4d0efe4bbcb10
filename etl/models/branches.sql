-- branches: one row per party branch.
SELECT branch_id, name, brand, members::INTEGER AS members,
       coalesce(sort_order, row_number() OVER (ORDER BY branch_id))::INTEGER AS sort_order
FROM feed_branches
ORDER BY sort_order, branch_id
