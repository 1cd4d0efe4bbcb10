-- 记录来自不认识的文件
SELECT ticket_id, file_id FROM tickets WHERE file_id NOT IN (SELECT file_id FROM files)
UNION ALL SELECT hazard_id, file_id FROM hazards WHERE file_id NOT IN (SELECT file_id FROM files)
UNION ALL SELECT drill_id, file_id FROM drills WHERE file_id NOT IN (SELECT file_id FROM files)
