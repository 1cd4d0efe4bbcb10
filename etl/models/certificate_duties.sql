-- certificate_duties: every post that needs a certificate, cut into the pieces of time in which nothing changes (see duty_pieces).
-- Within 30 days means that at most 30 days are left after today. valid_end_at is when the piece stops being in force, by leaving, by a newer
-- certificate or by running out.
SELECT piece_id AS duty_id, category, NULL::VARCHAR AS level, NULL::VARCHAR AS channel, unit, person_key, wanted AS certificate, proof_id AS certificate_id,
    place_text, building_id, room, grid_id, branch_id, piece.begin_at, end_at, due_at AS expires_at, least(end_at, due_at) AS valid_end_at,
    due_at - INTERVAL 31 DAY AS warn_30_at, due_at - INTERVAL 61 DAY AS warn_60_at, due_at - INTERVAL 91 DAY AS warn_90_at,
    CASE WHEN has_end THEN date_diff('day', data_date(), due_at) - 1 END AS days_left,
    ends_on, CASE WHEN in_force.now THEN '有效' WHEN proof_id IS NULL THEN '没有办证' WHEN is_revoked THEN '已注销' WHEN has_end THEN '已过期'
        ELSE '没有写有效期' END AS situation,
    file_id, sheet, row_number, true AS is_needed, standing.now AS is_current, standing.now AND in_force.now AS is_valid,
    standing.now AND NOT in_force.now AS is_lacking, standing.now AND NOT in_force.now AND proof_id IS NOT NULL AS is_expired,
    standing.now AND in_force.now AND coalesce(due_at - INTERVAL 31 DAY <= data_date(), false) AS is_expiring_30,
    standing.now AND in_force.now AND coalesce(due_at - INTERVAL 61 DAY <= data_date(), false) AS is_expiring_60,
    standing.now AND in_force.now AND coalesce(due_at - INTERVAL 91 DAY <= data_date(), false) AS is_expiring_90
FROM duty_pieces AS piece JOIN posts ON post_id = owner_id
    LEFT JOIN (SELECT certificate_id, has_end, ends_on, is_revoked FROM certificates) ON certificate_id = proof_id,
    LATERAL (SELECT coalesce(end_at > data_date(), true) AS now) AS standing, LATERAL (SELECT coalesce(due_at > data_date(), true) AS now) AS in_force
WHERE kind = 'certificate'
ORDER BY duty_id
