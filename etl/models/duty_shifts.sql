-- duty_shifts: one row per shift. A shift after the data date is a plan. is_held: somebody was there, or a log that counts
-- nobody says it was done; a roster alone (planned, nobody counted) proves nothing. is_short: fewer came than were due.
SELECT record_id AS shift_id, category, level, channel, unit, description, post,
    place_text, building_id, room, grid_id, branch_id, starts_at, ends_at, leader AS leader_key,
    planned::INTEGER AS planned, present::INTEGER AS present, greatest(planned - present, 0)::INTEGER AS absent,
    file_id, sheet, row_number::INTEGER AS row_number,
    starts_at <= data_date() AS is_shift,
    starts_at <= data_date() AND present IS NOT NULL AS has_present,
    starts_at <= data_date() AND coalesce(present > 0, planned IS NULL) AS is_held,
    starts_at <= data_date() AND planned IS NOT NULL AND present IS NOT NULL AS has_roster,
    starts_at <= data_date() AND coalesce(present < planned, false) AS is_short,
    starts_at <= data_date() AND coalesce(present = 0 AND planned > 0, false) AS is_uncovered,
    starts_at > data_date() AS is_planned
FROM feed_duty_shifts
ORDER BY shift_id
