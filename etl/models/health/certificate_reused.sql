-- One certificate number with several holders: one of them does not hold it.
SELECT min(noted_files.source) AS source, min_by(file_id, (certificate_id)) AS file_id, min_by(sheet, certificate_id) AS sheet,
    min_by(row_number, certificate_id) AS row_number, '证书编号' AS column_label, 'number_reused' AS code,
    '同一个证书编号登记在 ' || count(DISTINCT person_key) || ' 个人名下（登记编号 ' || string_agg(certificate_id, '、' ORDER BY certificate_id) || '）' AS message,
    '请核对原件，改正编号；在改正之前两条都照登记的算' AS remedy, count(*) AS occurrences
FROM certificates JOIN noted_files USING (file_id) JOIN noted_sources ON noted_sources.source = noted_files.source AND feeds = 'certificates'
WHERE is_number_reused
GROUP BY number_key
