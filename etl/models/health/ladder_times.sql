-- Stays that end before they begin, disputes settled before they were raised, and transfers of tickets nobody exported.
WITH registers AS (
    SELECT file_id, noted_files.source, feeds FROM noted_files JOIN noted_sources USING (source)
),
odd AS (
    SELECT noted_files.source, file_id, sheet, row_number, '转出时间' AS label, '转出早于接收' AS words
    FROM feed_ticket_transfers JOIN registers AS noted_files USING (file_id) WHERE feeds = 'ticket_transfers' AND left_at < entered_at
    UNION ALL
    SELECT noted_files.source, file_id, sheet, row_number, '化解时间', '化解早于排查'
    FROM disputes JOIN registers AS noted_files USING (file_id) WHERE feeds = 'disputes' AND is_closed AND closed_at < date_trunc('day', raised_at)
    UNION ALL
    SELECT noted_files.source, file_id, sheet, row_number, '工单编号', '流转记录里的工单不在工单导出里'
    FROM feed_ticket_transfers JOIN registers AS noted_files USING (file_id)
    WHERE feeds = 'ticket_transfers' AND ticket_id NOT IN (SELECT ticket_id FROM tickets) AND EXISTS (SELECT 1 FROM tickets)
),
counted AS (
    SELECT source, file_id, sheet, label, words, list_sort(list(row_number)) AS lines FROM odd GROUP BY ALL
)
SELECT source, file_id, sheet, lines[1]::BIGINT AS row_number, label AS column_label,
    CASE words WHEN '流转记录里的工单不在工单导出里' THEN 'unknown_ticket' ELSE 'ended_before_begun' END AS code,
    words || '（第 ' || array_to_string(lines[:8], '、') || if(len(lines) > 8, ' 等', '') || ' 行）' AS message,
    '请核对这几行；记录保留，停留用时按 0 计' AS remedy, len(lines)::BIGINT AS occurrences
FROM counted
