-- joint_actions: one row per action done together with a partner. What is dated after the data date is a plan.
SELECT record_id AS action_id, title, partner, held_at, people::INTEGER AS people, description,
    category, level, channel, unit, place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number::INTEGER AS row_number,
    held_at <= data_date() AS is_action
FROM feed_joint_actions
ORDER BY action_id
