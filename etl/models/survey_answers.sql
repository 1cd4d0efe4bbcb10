-- survey_answers: one row per answer sheet. It belongs to the survey it names, else to the one running when it was handed in
-- (of several, the one begun last); a sheet of no registered survey counts in the means and in no response rate.
WITH named AS (
    SELECT answer.record_id, max_by(asked.record_id, (asked.starts_at, asked.record_id)) AS survey_id
    FROM feed_survey_answers AS answer
    JOIN feed_surveys AS asked
        ON answer.survey IN (asked.survey_id, asked.title)
        OR (answer.survey IS NULL AND answer.answered_at BETWEEN asked.starts_at AND asked.ends_at)
    GROUP BY answer.record_id
),
scored AS (
    SELECT record_id, survey_id, try_cast(regexp_extract(COLUMNS('_score$'), '^[1-5]$') AS INTEGER) AS "\0"
    FROM feed_survey_answers LEFT JOIN named USING (record_id)
)
SELECT record_id AS answer_id, survey_id, category, level, channel, unit,
    place_text, building_id, room, grid_id, branch_id, answered_at, seconds::INTEGER AS seconds,
    scored.safety_score, scored.night_score, scored.dormitory_score, scored.traffic_score, scored.fraud_score, scored.response_score,
    scored.satisfaction_score, worries, description, file_id, sheet, row_number::INTEGER AS row_number,
    answered_at <= data_date() AS is_answer,
    answered_at <= data_date() AND survey_id IS NOT NULL AS has_survey,
    answered_at <= data_date() AND coalesce(seconds < limit_of('survey_answers', 'hasty_seconds', NULL), false) AS is_hasty,
    answered_at <= data_date() AND scored.safety_score IS NOT NULL AS has_safety_score,
    answered_at <= data_date() AND coalesce(scored.safety_score >= 4, false) AS is_feeling_safe
FROM feed_survey_answers JOIN scored USING (record_id)
ORDER BY answer_id
