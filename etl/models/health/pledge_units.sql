-- A unit that signed and stands in no list of units: it is shown, but it is in no denominator.
SELECT noted.source, file_id, sheet, row_number, '责任单位' AS column_label, 'unknown_unit' AS code,
    '责任单位「' || unit || '」不在单位名录里，不计入应签单位' AS message,
    '把这个单位或这种写法加进 data/school/units.csv' AS remedy, 1::BIGINT AS occurrences
FROM pledges JOIN (SELECT DISTINCT file_id, source FROM noted_files) AS noted USING (file_id)
WHERE NOT is_required
