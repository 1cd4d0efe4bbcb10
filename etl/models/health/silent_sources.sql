-- A source that fell silent: no export for longer than declared, or exports that bring nothing new any more.
SELECT source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number, NULL::VARCHAR AS column_label,
    'silent_source' AS code,
    CASE WHEN is_stale THEN '「' || title || '」已有 ' || days_silent || ' 天没有新的导出（应每 ' || expected_every_days || ' 天一次）'
         ELSE '「' || title || '」仍在导出，但最近一条记录是 ' || date_diff('day', last_record, data_date()) || ' 天前的' END AS message,
    '请联系这个系统的管理员，确认导出是否正常' AS remedy, 1::BIGINT AS occurrences
FROM noted_sources
WHERE is_stale OR (expected_every_days IS NOT NULL AND date_diff('day', last_record, data_date()) > 4 * expected_every_days)
