-- contractor_duties: the two things asked of every contractor's guard, training before the post and the guard's certificate, in pieces
-- (see duty_pieces).
SELECT piece_id AS duty_id, category, wanted AS level, NULL::VARCHAR AS channel, unit, person_key, owner_id AS contractor_id,
    place_text, building_id, room, grid_id, branch_id, begin_at, end_at, due_at AS expires_at,
    file_id, sheet, row_number, kind = 'induction' AS is_induction, kind = 'guard' AS is_guard_certificate,
    coalesce(end_at > data_date(), true) AS is_current,
    coalesce(end_at > data_date(), true) AND coalesce(due_at > data_date(), true) AS is_met
FROM duty_pieces JOIN contractors ON contractor_id = owner_id
WHERE kind IN ('induction', 'guard')
ORDER BY duty_id
