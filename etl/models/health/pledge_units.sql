-- A unit that signed and stands in no list of units: it is shown, but it is in no denominator.
SELECT min(noted.source) AS source, arg_max(file_id, year) AS file_id, arg_max(sheet, year) AS sheet, arg_max(row_number, year)::BIGINT AS row_number,
    '责任单位' AS column_label, 'unknown_unit' AS code,
    '责任单位「' || unit || '」不在单位名录里，不计入应签单位' AS message,
    '把这个单位或这种写法加进 data/school/units.csv' AS remedy, count(*) AS occurrences
FROM pledges JOIN (SELECT DISTINCT file_id, source FROM noted_files) AS noted USING (file_id)
WHERE NOT is_required
GROUP BY unit
