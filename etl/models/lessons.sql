-- lessons: one row per lesson and college. hours are school hours as written; person_hours = hours × people.
SELECT record_id AS lesson_id, title, category, level, channel, unit, place_text, building_id, room, grid_id, branch_id, held_at,
    hours, people::INTEGER AS people, expected::INTEGER AS expected, hours * people AS person_hours, lecturer AS lecturer_key, description,
    file_id, sheet, row_number::INTEGER AS row_number,
    held_at <= data_date() AS is_lesson,
    held_at <= data_date() AND coalesce(level = '新生', false) AS is_for_freshmen,
    held_at <= data_date() AND coalesce(expected > 0 AND people IS NOT NULL, false) AS has_attendance
FROM feed_lessons
ORDER BY lesson_id
