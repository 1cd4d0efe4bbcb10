-- 同一项要求在同一时刻有两段
SELECT piece_id FROM (
    SELECT piece_id, end_at, begin_at, lead(begin_at) OVER (PARTITION BY kind, left(piece_id, -15) ORDER BY begin_at) AS next_at FROM duty_pieces
) WHERE end_at <= begin_at OR (next_at IS NOT NULL AND end_at IS DISTINCT FROM next_at)
