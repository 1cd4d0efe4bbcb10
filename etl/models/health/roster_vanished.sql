-- Somebody an earlier roster names and the newest one does not, without a last day: still counted as in post.
WITH listed AS (
    SELECT 'posts' AS feed, source, export_time, end_on IS NULL AS is_staying FROM feed_posts
    UNION ALL
    SELECT 'contractors', source, export_time, left_on IS NULL AND coalesce(status <> 'out', true) FROM feed_contractors
),
newest AS (SELECT source, max(export_time) AS newest_at FROM listed GROUP BY source)
SELECT source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number, CASE feed WHEN 'posts' THEN '离岗日期' ELSE '离职日期' END AS column_label,
    'roster_vanished' AS code, count(*) || ' 人在以前的花名册里、不在最新的一份里，也没有写离开的日期' AS message,
    '仍按在岗计算；已经离开的请补上日期' AS remedy, count(*) AS occurrences
FROM listed JOIN newest USING (source)
WHERE is_staying AND export_time < newest_at
GROUP BY feed, source
