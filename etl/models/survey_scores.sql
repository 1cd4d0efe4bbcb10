-- survey_scores: one row per answered scale question of a sheet; the question is its category, so that every question has its mean.
-- A new scale question: a column …_score in survey_answers and a line below.
WITH asked(item, label, sort_order) AS (VALUES
    ('safety_score', '总体安全感', 1), ('night_score', '夜间出行安全感', 2), ('dormitory_score', '宿舍安全', 3), ('traffic_score', '校园交通秩序', 4),
    ('fraud_score', '防诈骗宣传', 5), ('response_score', '求助响应', 6), ('satisfaction_score', '总体满意度', 7)
),
scores AS (UNPIVOT (FROM survey_answers) ON COLUMNS('_score$') INTO NAME item VALUE score)
SELECT answer_id || '·' || label AS score_id, answer_id, survey_id, label AS category, scores.category AS level, channel, unit,
    place_text, building_id, room, grid_id, branch_id, answered_at, score::INTEGER AS score, sort_order,
    file_id, sheet, row_number, is_answer AS is_score, is_answer AND score >= 4 AS is_high
FROM scores JOIN asked USING (item)
ORDER BY score_id
