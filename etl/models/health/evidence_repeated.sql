-- One piece of evidence that proves three tasks or more proves none of them.
SELECT min(noted.source) AS source, any_value(file_id) AS file_id, any_value(sheet) AS sheet, min(row_number)::BIGINT AS row_number,
    '佐证材料' AS column_label, 'evidence_repeated' AS code,
    '同一份佐证用在 ' || count(*) || ' 项任务上：' || left(evidence, 40) AS message,
    '请核对每项任务各自的佐证材料' AS remedy, count(*) AS occurrences
FROM brand_tasks JOIN (SELECT DISTINCT file_id, source FROM noted_files) AS noted USING (file_id)
WHERE is_done
GROUP BY branch_id, evidence
HAVING count(*) >= 3
