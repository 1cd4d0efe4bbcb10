-- Arrivals that cannot be: before the call, or in the very minute of it more often than not in a month of ten and more.
WITH went AS (
    SELECT incidents.*, noted_files.source FROM incidents JOIN noted_files USING (file_id) JOIN noted_sources ON noted_sources.source = noted_files.source AND feeds = 'incidents'
    WHERE is_arrived
),
before AS (
    SELECT source, file_id, sheet, list_sort(list(row_number)) AS lines FROM went WHERE arrived_at < received_at GROUP BY ALL
)
SELECT source, file_id, sheet, lines[1]::BIGINT AS row_number, '到场时间' AS column_label, 'arrived_before_call' AS code,
    '到场早于接警（第 ' || array_to_string(lines[:8], '、') || if(len(lines) > 8, ' 等', '') || ' 行）' AS message,
    '记录保留，不算及时到场；请核对这几行的时间' AS remedy, len(lines)::BIGINT AS occurrences
FROM before
UNION ALL
SELECT min(source), NULL, NULL, NULL, '到场时间', 'arrived_at_once',
    strftime(date_trunc('month', received_at), '%Y年%-m月') || '有 ' || count(*) FILTER (minutes_to_arrival < 1) || '/' || count(*) || ' 起案事件的到场时间和接警时间是同一分钟',
    '多半是事后补填，请抽查出警记录；到场用时因此偏短', count(*) FILTER (minutes_to_arrival < 1)
FROM went
GROUP BY date_trunc('month', received_at)
HAVING count(*) >= 10 AND count(*) FILTER (minutes_to_arrival < 1) > 0.5 * count(*)
