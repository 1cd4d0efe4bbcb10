-- 未办结的记录却有办结时间
SELECT ticket_id FROM tickets WHERE is_open AND closed_at IS NOT NULL
UNION ALL SELECT hazard_id FROM hazards WHERE is_open AND closed_at IS NOT NULL
