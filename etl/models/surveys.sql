-- surveys: one row per survey, with how many sheets came back of how many people asked. Dated by its end: a survey still
-- running has no response rate yet. Where sheets were exported they are counted, else the number written in the register; with
-- neither nothing is known of it, which is not that nobody answered.
WITH sheets AS (SELECT survey_id, count(*) AS sheets FROM survey_answers WHERE is_answer GROUP BY survey_id),
counted AS (
    SELECT asked.*, coalesce(sheets.sheets, returned) AS answered
    FROM feed_surveys AS asked LEFT JOIN sheets ON sheets.survey_id = asked.record_id
)
SELECT record_id AS survey_id, title, description, category, level, channel, unit,
    place_text, building_id, room, grid_id, branch_id, starts_at, ends_at, invited::INTEGER AS invited, answered::INTEGER AS answered,
    file_id, sheet, row_number::INTEGER AS row_number,
    starts_at <= data_date() AS is_survey,
    starts_at <= data_date() AND ends_at <= data_date() AS is_ended,
    starts_at <= data_date() AND ends_at > data_date() AS is_running,
    starts_at <= data_date() AND ends_at <= data_date() AND answered IS NOT NULL AS has_response,
    coalesce(answered > invited, false) AS is_overfull
FROM counted
ORDER BY survey_id
