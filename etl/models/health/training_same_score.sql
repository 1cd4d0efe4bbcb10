-- An examination where ten or more sat and everybody passed with the very same score: it is to be feared nobody was really examined.
SELECT noted_files.source, file_id, sheet, min(row_number) AS row_number, '成绩' AS column_label, 'same_score' AS code,
    strftime(examined_at, '%Y-%m-%d') || ' 的「' || coalesce(trainings.title, category) || '」' || coalesce(unit, '') || '（' || category || '）' || count(*) || ' 人全部合格，成绩都是 '
        || printf('%g', min(score)) || ' 分' AS message,
    '请抽查这一批的评分表或现场影像，确认逐人考过' AS remedy, count(*) AS occurrences
FROM trainings JOIN noted_files USING (file_id) JOIN noted_sources ON noted_sources.source = noted_files.source AND feeds = 'trainings'
WHERE is_first AND score IS NOT NULL
GROUP BY noted_files.source, file_id, sheet, trainings.title, unit, category, strftime(examined_at, '%Y-%m-%d')
HAVING count(*) >= 10 AND bool_and(is_first_pass) AND count(DISTINCT score) = 1
