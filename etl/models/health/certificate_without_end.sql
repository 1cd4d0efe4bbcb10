-- Certificates for life of a kind whose other certificates run out: most likely the day was left out.
WITH kinds AS (
    SELECT category FROM certificates WHERE is_certificate GROUP BY category HAVING count(*) FILTER (has_end) >= 5 AND avg(has_end::INTEGER) >= 0.8
)
SELECT noted_files.source, file_id, sheet, min(row_number) AS row_number, '有效期至' AS column_label, 'no_end' AS code,
    category || '有 ' || count(*) || ' 本没有写有效期（第 ' || array_to_string(list_sort(list(row_number))[:8], '、') || ' 行），而其余的都会到期' AS message,
    '现按长期有效计算，请补上有效期至' AS remedy, count(*) AS occurrences
FROM certificates JOIN kinds USING (category) JOIN noted_files USING (file_id)
JOIN noted_sources ON noted_sources.source = noted_files.source AND feeds = 'certificates'
WHERE is_certificate AND NOT has_end
GROUP BY noted_files.source, file_id, sheet, category
