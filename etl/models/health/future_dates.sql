-- A thing said to have happened after the data date: a mistyped year, or a clock that runs ahead.
WITH found AS (
    SELECT 'tickets' AS feed, file_id, sheet, row_number,
        unnest([{'label': '报修时间', 'moment': opened_at}, {'label': '响应时间', 'moment': responded_at}, {'label': '办结时间', 'moment': closed_at}]) AS said
    FROM tickets
    UNION ALL
    SELECT 'hazards', file_id, sheet, row_number,
        unnest([{'label': '发现日期', 'moment': found_at}, {'label': '整改完成时间', 'moment': rectified_at}, {'label': '销号时间', 'moment': closed_at}])
    FROM hazards
),
counted AS (
    SELECT feed, said.label AS label, file_id, sheet, list_sort(list(row_number)) AS lines
    FROM found WHERE said.moment::DATE > data_date()::DATE GROUP BY ALL
)
SELECT noted_files.source, file_id, sheet, lines[1] AS row_number, label AS column_label, 'date_in_future' AS code,
    '日期晚于数据日期（第 ' || array_to_string(lines[:8], '、') || if(len(lines) > 8, ' 等', '') || ' 行）' AS message,
    '请核对年份；记录保留，要等数据日期越过它才会计入' AS remedy, len(lines) AS occurrences
FROM counted JOIN noted_files USING (file_id) JOIN noted_sources ON noted_sources.source = noted_files.source AND feeds = feed
