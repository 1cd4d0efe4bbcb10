-- Certificates without an end of a kind whose other certificates run out: the day was left out, and they prove nothing meanwhile.
SELECT noted_files.source, file_id, sheet, min(row_number) AS row_number, '有效期至' AS column_label, 'no_end' AS code,
    category || '有 ' || count(*) || ' 本没有写有效期（第 ' || array_to_string(list_sort(list(row_number))[:8], '、') || ' 行），而同类的证书大多会到期' AS message,
    '补上有效期至之前不算有效；长期有效的请在同类证书里统一写「长期」' AS remedy, count(*) AS occurrences
FROM certificates JOIN noted_files USING (file_id)
JOIN noted_sources ON noted_sources.source = noted_files.source AND feeds = 'certificates'
WHERE is_certificate AND NOT has_end AND expires_at = issued_on
GROUP BY noted_files.source, file_id, sheet, category
