-- activities: one row per activity of a branch. What is dated after the data date is a plan.
SELECT record_id AS activity_id, title, category, held_at, people::INTEGER AS people, round(hours / 3600, 2)::DOUBLE AS hours,
    reach::INTEGER AS reach, organiser AS organiser_key, description,
    level, channel, unit, place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number::INTEGER AS row_number,
    held_at <= data_date() AS is_activity
FROM feed_activities
ORDER BY activity_id
