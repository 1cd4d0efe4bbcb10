-- Left before having come: such a row stands in no number.
WITH found AS (
    SELECT 'posts' AS feed, '离岗日期' AS label, file_id, sheet, row_number FROM posts WHERE ended_at <= begin_on
    UNION ALL SELECT 'contractors', '离职日期', file_id, sheet, row_number FROM contractors WHERE gone_at <= joined_on
    UNION ALL SELECT 'certificates', '有效期至', file_id, sheet, row_number FROM certificates WHERE ends_on < issued_on
)
SELECT noted_files.source, file_id, sheet, min(row_number) AS row_number, label AS column_label, 'ended_before_begun' AS code,
    '结束早于开始（第 ' || array_to_string(list_sort(list(row_number))[:8], '、') || if(count(*) > 8, ' 等', '') || ' 行）' AS message,
    '请核对两个日期；改正之前这几行不计入在岗和有效' AS remedy, count(*) AS occurrences
FROM found JOIN noted_files USING (file_id) JOIN noted_sources ON noted_sources.source = noted_files.source AND feeds = feed
GROUP BY noted_files.source, file_id, sheet, label
