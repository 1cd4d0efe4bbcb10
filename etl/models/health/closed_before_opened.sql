-- A record closed before it was opened: kept and flagged, its duration counts as nought.
WITH found AS (
    SELECT 'tickets' AS feed, '办结时间' AS label, '办结早于报修' AS words, file_id, sheet, row_number
    FROM tickets WHERE is_closed_before_opened
    UNION ALL
    SELECT 'hazards', '销号时间', '销号早于发现', file_id, sheet, row_number
    FROM hazards WHERE is_closed AND closed_at < date_trunc('day', found_at)
),
counted AS (
    SELECT feed, label, words, file_id, sheet, list_sort(list(row_number)) AS lines FROM found GROUP BY ALL
)
SELECT noted_files.source, file_id, sheet, lines[1] AS row_number, label AS column_label, 'closed_before_opened' AS code,
    words || '（第 ' || array_to_string(lines[:8], '、') || if(len(lines) > 8, ' 等', '') || ' 行）' AS message,
    '记录保留，用时按 0 计；请核对这几行的时间' AS remedy, len(lines) AS occurrences
FROM counted JOIN noted_files USING (file_id) JOIN noted_sources ON noted_sources.source = noted_files.source AND feeds = feed
