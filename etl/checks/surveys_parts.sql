-- 答卷的得分不在 1 到 5 之间，或答卷与调查对不上
SELECT score_id FROM survey_scores WHERE score NOT BETWEEN 1 AND 5 OR score IS NULL OR is_high > is_score
UNION ALL SELECT answer_id FROM survey_answers
WHERE (has_survey OR is_hasty OR has_safety_score) > is_answer OR is_feeling_safe > has_safety_score
    OR (survey_id IS NOT NULL AND survey_id NOT IN (SELECT survey_id FROM surveys)) OR (is_answer AND has_survey AND is_hasty AND is_feeling_safe) IS NULL
UNION ALL SELECT survey_id FROM surveys
WHERE is_ended > is_survey OR (is_ended AND is_running) OR has_response > is_ended OR invited IS NULL OR (has_response AND answered IS NULL)
    OR (is_survey AND is_ended AND is_running AND has_response AND is_overfull) IS NULL
UNION ALL SELECT choice_id FROM survey_choices WHERE is_ticked > is_asked OR is_ticked IS NULL
