-- Wishes of a month all called fulfilled exactly on the promised day: filled in afterwards, it is to be feared.
SELECT min(noted.source) AS source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number,
    '实现时间' AS column_label, 'promised_day' AS code,
    strftime(date_trunc('month', promised_at), '%Y年%-m月') || '到期的心愿有 ' || count(*) FILTER (fulfilled_at::DATE = promised_at::DATE) || '/' || count(*)
        || ' 个恰好在承诺当天实现' AS message,
    '请向心愿人回访，确认不是事后补填' AS remedy, count(*) FILTER (fulfilled_at::DATE = promised_at::DATE) AS occurrences
FROM wishes JOIN (SELECT DISTINCT file_id, source FROM noted_files) AS noted USING (file_id)
WHERE is_due_fulfilled
GROUP BY date_trunc('month', promised_at)
HAVING count(*) >= 20 AND count(*) FILTER (fulfilled_at::DATE = promised_at::DATE) >= 0.8 * count(*)
