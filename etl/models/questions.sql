-- questions: one row per question raised at a monthly meeting. Answered is not resolved; the first promised day judges.
-- A question answered on the spot and called resolved, without a day of its own, was resolved at the meeting.
WITH first_promises AS (
    SELECT record_id, first(due_at ORDER BY sequence) AS first_due_at
    FROM states_questions WHERE due_at IS NOT NULL GROUP BY record_id
),
stated AS (
    SELECT question.*, service.due_at AS service_due, is_stop_unknown,
        least(first_due_at, question.due_at) AS due, nullif(question.due_at, least(first_due_at, question.due_at)) AS later_due,
        CASE WHEN status IN ('void', 'open', 'resolved') THEN status WHEN resolved_at IS NOT NULL THEN 'resolved' ELSE 'open' END AS state
    FROM feed_questions AS question LEFT JOIN first_promises ON first_promises.record_id = question.record_id
    LEFT JOIN deadlines AS service ON service.table_name = 'questions' AND service.record_id = question.record_id
),
judged AS (
    SELECT *, state <> 'void' AND raised_at <= data_date() AS is_question,
        state = 'open' AND raised_at <= data_date() AS is_open,
        state = 'resolved' AND raised_at <= data_date() AS is_resolved,
        state <> 'void' AND raised_at <= data_date() AND coalesce(due <= data_date(), false) AS is_due,
        CASE WHEN state = 'resolved' THEN coalesce(resolved_at, CASE WHEN answer = 'on_spot' THEN raised_at END) END AS done_at
    FROM stated
)
SELECT record_id AS question_id, meeting, description, category, level, channel, unit,
    asker AS asker_key, answerer AS answerer_key,
    place_text, building_id, room, grid_id, branch_id, coalesce(answer_text, answer) AS answer_text,
    coalesce(status_text, status) AS status_text, state AS status,
    raised_at, due AS due_at, later_due AS later_due_at, service_due AS service_due_at, done_at AS resolved_at,
    file_id, sheet, row_number::INTEGER AS row_number,
    is_question, is_open, is_resolved,
    is_question AND answer IS NOT NULL AS has_answer,
    is_question AND coalesce(answer = 'on_spot', false) AS is_on_spot,
    is_due,
    is_due AND is_resolved AND coalesce(done_at <= due, false) AS is_on_time,
    is_due AND is_open AS is_overdue_open,
    is_question AND coalesce(service_due <= data_date(), false) AS is_service_due,
    is_resolved AND coalesce(service_due <= data_date() AND done_at <= service_due, false) AS is_service_on_time,
    is_question AND coalesce(service_due <= data_date() AND is_stop_unknown, false) AS is_stop_unknown
FROM judged
ORDER BY question_id
