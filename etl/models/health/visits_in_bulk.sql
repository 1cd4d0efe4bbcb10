-- A grid's visits of a month that all bear one day: entered from memory, it is to be feared. Ten visits and 80 %.
WITH days AS (
    SELECT grid_id, date_trunc('month', visited_at) AS month, visited_at::DATE AS day, count(*) AS visits, min(file_id) AS file_id
    FROM grid_visits WHERE is_visit AND grid_id IS NOT NULL GROUP BY ALL
)
SELECT min(noted.source) AS source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number,
    '走访时间' AS column_label, 'visits_in_bulk' AS code,
    '「' || any_value(grids.name) || '」' || strftime(month, '%Y年%-m月') || '的走访有 ' || max(visits)::INTEGER || '/' || sum(visits)::INTEGER
        || ' 次记在同一天（' || strftime(max_by(day, visits), '%m-%d') || '）' AS message,
    '请核对是不是月底集中补填' AS remedy, max(visits)::BIGINT AS occurrences
FROM days JOIN (SELECT DISTINCT file_id, source FROM noted_files) AS noted USING (file_id) JOIN grids USING (grid_id)
GROUP BY grid_id, month
HAVING sum(visits) >= 10 AND max(visits) >= 0.8 * sum(visits)
