-- 调查编号或答卷重复
SELECT survey_id, count(*) FROM surveys GROUP BY survey_id HAVING count(*) > 1 OR survey_id IS NULL
UNION ALL SELECT answer_id, count(*) FROM survey_answers GROUP BY answer_id HAVING count(*) > 1 OR answer_id IS NULL
UNION ALL SELECT score_id, count(*) FROM survey_scores GROUP BY score_id HAVING count(*) > 1 OR score_id IS NULL
UNION ALL SELECT choice_id, count(*) FROM survey_choices GROUP BY choice_id HAVING count(*) > 1 OR choice_id IS NULL
