-- A line of a hotline summary whose parts do not add up to its total, or whose period nobody could read.
WITH found AS (
    SELECT file_id, sheet, row_number, '事件总数' AS label, '「' || unit || '」的各项之和与事件总数不符' AS message, '请与平台核对这一行的数' AS remedy
    FROM hotline_summaries WHERE is_unbalanced
    UNION ALL
    SELECT file_id, sheet, row_number, '统计周期', '统计周期「' || period || '」读不出起止，按导出日期计', '写成 2026年10月 或 2026-10-01 至 2026-10-31'
    FROM hotline_summaries WHERE NOT has_period
)
SELECT noted_files.source, file_id, sheet, min(row_number) AS row_number, label AS column_label, 'unbalanced_summary' AS code,
    min(message) || if(count(*) > 1, ' 等 ' || count(*) || ' 行', '') AS message, remedy, count(*) AS occurrences
FROM found JOIN noted_files USING (file_id)
WHERE noted_files.source IN (SELECT source FROM noted_sources WHERE feeds = 'hotline_summaries')
GROUP BY ALL
