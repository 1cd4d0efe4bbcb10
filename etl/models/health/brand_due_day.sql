-- A branch whose tasks were all completed exactly on their due day: filled in at the end of the year, it is to be feared.
SELECT min(noted.source) AS source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number,
    '完成日期' AS column_label, 'brand_due_day' AS code,
    '「' || coalesce(any_value(branches.name), '未识别支部') || '」' || any_value(year) || ' 年报完成的任务有 ' || count(*) FILTER (is_on_due_day) || '/' || count(*)
        || ' 项恰好在期限当天完成' AS message,
    '请抽查这些任务的佐证材料，确认日期不是照期限补填的' AS remedy, count(*) FILTER (is_on_due_day) AS occurrences
FROM brand_tasks JOIN (SELECT DISTINCT file_id, source FROM noted_files) AS noted USING (file_id) LEFT JOIN branches USING (branch_id)
WHERE is_said_done
GROUP BY branch_id, year
HAVING count(*) >= 4 AND count(*) FILTER (is_on_due_day) >= 0.8 * count(*)
