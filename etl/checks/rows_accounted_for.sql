-- 有文件的行数对不上：读入 = 采用 + 拒绝 + 被取代
SELECT name, rows_read, rows_accepted, rows_rejected, rows_superseded FROM files
WHERE rows_read <> rows_accepted + rows_rejected + rows_superseded OR least(rows_accepted, rows_rejected, rows_superseded) < 0
