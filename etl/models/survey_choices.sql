-- survey_choices: one row per sheet and worry anybody named in that survey, where the sheet answered the question at all:
-- what was not ticked is in the whole, what was skipped is not.
WITH ticked AS (
    SELECT DISTINCT answer_id, survey_id, unnest(string_split(worries, '、')) AS worry FROM survey_answers WHERE worries IS NOT NULL
),
offered AS (SELECT DISTINCT survey_id, worry FROM ticked)
SELECT answer.answer_id || '·' || offered.worry AS choice_id, answer.answer_id, answer.survey_id, offered.worry AS category,
    answer.category AS level, channel, unit, place_text, building_id, room, grid_id, branch_id, answered_at,
    file_id, sheet, row_number, is_answer AS is_asked, is_answer AND ticked.worry IS NOT NULL AS is_ticked
FROM survey_answers AS answer JOIN offered ON offered.survey_id IS NOT DISTINCT FROM answer.survey_id
LEFT JOIN ticked ON ticked.answer_id = answer.answer_id AND ticked.worry = offered.worry
WHERE worries IS NOT NULL
ORDER BY choice_id
