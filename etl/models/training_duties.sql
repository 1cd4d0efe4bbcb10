-- training_duties: every person a post obliges to be examined, per item, cut into pieces (see duty_pieces). Examined counts for a year.
SELECT piece_id AS duty_id, wanted AS category, posts.category AS level, NULL::VARCHAR AS channel, unit, person_key, proof_id AS exam_id,
    place_text, building_id, room, grid_id, branch_id, piece.begin_at, end_at, due_at AS expires_at,
    file_id, sheet, row_number, true AS is_needed, standing.now AS is_current, standing.now AND in_force.now AS is_covered,
    standing.now AND proof_id IS NULL AS is_never_examined
FROM duty_pieces AS piece JOIN posts ON post_id = owner_id,
    LATERAL (SELECT coalesce(end_at > data_date(), true) AS now) AS standing, LATERAL (SELECT coalesce(due_at > data_date(), true) AS now) AS in_force
WHERE kind = 'exam'
ORDER BY duty_id
