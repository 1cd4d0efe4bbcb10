-- Two files of one export time say different things of a record: the one landed later counts, and somebody should know.
SELECT source, file_id, NULL::VARCHAR AS sheet, min(row_number) AS row_number, NULL::VARCHAR AS column_label,
    'same_time_correction' AS code,
    '导出时间相同的文件对 ' || count(DISTINCT record_id) || ' 条记录写得不同，以后装载的这份为准' AS message,
    '两种写法都在记录的经过里；装错了请撤回：python -m etl withdraw 这个文件。' AS remedy, count(DISTINCT record_id) AS occurrences
FROM corrections GROUP BY source, file_id
