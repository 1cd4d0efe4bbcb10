-- trainings: one row per person, item and sitting. A re-sit is what the list calls one, or, where it does not say, the sitting after
-- a failed one of the same person and item within half a year. Absent is not examined.
WITH told AS (
    SELECT exam.*, coalesce(exam.person_number, known.person_number, exam.person) AS person_key,
        CASE WHEN result IN ('合格', '不合格', '缺考') THEN result
             WHEN score >= coalesce(limit_of('trainings', 'pass_score', NULL), 60) THEN '合格' WHEN score IS NOT NULL THEN '不合格' END AS outcome
    FROM feed_trainings AS exam LEFT JOIN person_numbers AS known USING (person)
),
sat AS (
    SELECT *, coalesce(outcome IN ('合格', '不合格') AND examined_at <= data_date(), false) AS is_examined FROM told
),
before AS (
    SELECT record_id, lag(outcome) OVER w AS last_outcome, lag(examined_at) OVER w AS last_at
    FROM sat WHERE is_examined AND person_key IS NOT NULL
    WINDOW w AS (PARTITION BY person_key, category ORDER BY examined_at, record_id)
),
judged AS (
    SELECT *, is_examined AND CASE WHEN attempt IN ('首考', '补考') THEN attempt = '补考'
        ELSE coalesce(last_outcome = '不合格' AND examined_at <= last_at + to_days(coalesce(limit_of('trainings', 'resit_days', NULL), 180)::INTEGER), false)
        END AS is_resit
    FROM sat LEFT JOIN before USING (record_id)
)
SELECT record_id AS exam_id, title, category, level, NULL::VARCHAR AS channel, unit, person_key,
    place_text, building_id, room, grid_id, branch_id, examined_at, attempt, score, outcome AS result, description,
    file_id, sheet, row_number::INTEGER AS row_number, is_examined, is_examined AND NOT is_resit AS is_first,
    is_examined AND NOT is_resit AND outcome = '合格' AS is_first_pass,
    is_resit, is_resit AND outcome = '合格' AS is_resit_pass, coalesce(outcome = '缺考', false) AS is_absent
FROM judged
ORDER BY exam_id
