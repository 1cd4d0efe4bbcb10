-- Most hazards of a month completed exactly on their deadline day: filled in afterwards, it is to be feared.
-- 80 % and twenty closings; by chance a fixed term of days would give a small share.
SELECT min(noted.source) AS source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number,
    '销号时间' AS column_label, 'deadline_day' AS code,
    strftime(date_trunc('month', due_at), '%Y年%-m月') || '到期的隐患有 ' || count(*) FILTER (is_on_deadline_day) || '/' || count(*)
        || ' 条恰好在期限当天销号' AS message,
    '请抽查这批隐患的整改照片和复查记录，确认不是事后补填' AS remedy, count(*) FILTER (is_on_deadline_day) AS occurrences
FROM hazards JOIN (SELECT DISTINCT file_id, source FROM noted_files) AS noted USING (file_id)
WHERE is_closed AND is_due
GROUP BY date_trunc('month', due_at)
HAVING count(*) >= 20 AND count(*) FILTER (is_on_deadline_day) >= 0.8 * count(*)
