-- Answer sheets of no registered survey, and surveys with more sheets than people asked: the response rate cannot be right.
WITH found AS (
    SELECT 'survey_answers' AS feed, '提交答卷时间' AS label, count(*) AS sheets,
        '有 ' || count(*) || ' 份答卷不在任何一次登记的调查里（' || strftime(min(answered_at), '%Y-%m-%d') || ' 至 ' || strftime(max(answered_at), '%Y-%m-%d') || '）' AS message,
        '请在问卷调查登记里补上这次调查的起止时间和发放人数' AS remedy
    FROM survey_answers WHERE is_answer AND NOT has_survey HAVING count(*) > 0
    UNION ALL
    SELECT 'surveys', '发放人数', answered, '「' || title || '」收回 ' || answered || ' 份，多于发放的 ' || invited || ' 人',
        '请核对发放人数，或查有没有一人多填'
    FROM surveys WHERE is_overfull
    UNION ALL
    SELECT 'survey_answers', '所用时间', count(*) FILTER (is_hasty), '「' || title || '」有 ' || count(*) FILTER (is_hasty) || '/' || count(*)
        || ' 份答卷用时不到 ' || limit_of('survey_answers', 'hasty_seconds', NULL)::INTEGER || ' 秒', '这些答卷照计入平均分；请看是不是代填'
    FROM survey_answers JOIN surveys USING (survey_id) GROUP BY title HAVING count(*) >= 20 AND count(*) FILTER (is_hasty) > 0.1 * count(*)
)
SELECT noted_sources.source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number, label AS column_label,
    'survey_doubt' AS code, message, remedy, sheets::BIGINT AS occurrences
FROM found JOIN noted_sources ON noted_sources.source = feed
