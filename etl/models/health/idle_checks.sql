-- Somebody who checks again and again and never finds anything, where others do: looked at, or only signed?
SELECT (SELECT min(source) FROM noted_sources WHERE feeds = 'inspections') AS source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet,
    NULL::BIGINT AS row_number, '发现问题数' AS column_label, 'idle_checks' AS code,
    who_kind || '「' || CASE WHEN who_kind = '检查人' THEN left(who, 8) || '」（' || categories || '）' ELSE who || '」' END || '近两年检查 ' || checks
        || ' 次，一处问题也没有发现；照' || if(who_kind = '检查类型', '其他类型', '别人同类检查') || '的情形应有约 ' || round(expected)::INTEGER || ' 次发现，偶然如此的可能'
        || if(chance < 0.000001, '不到百万分之一', if(chance < 0.0001, '不到万分之一', '约 ' || round(chance * 100, 2) || ' %')) AS message,
    '请抽查其中几次的现场照片和检查表，必要时陪同检查一次' AS remedy, checks::BIGINT AS occurrences
FROM idle_checks
