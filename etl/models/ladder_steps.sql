-- ladder_steps: one row per stay of a case at a level, with the hours it lay there.
-- Tickets: as the transfer register says; one it does not mention stayed in its grid, if it was closed there or is open,
-- and that is known only from the day the register begins. Disputes: up to handing over, then up to settling.
WITH register AS (SELECT min(entered_at)::DATE AS from_day FROM feed_ticket_transfers),
cases AS (SELECT * FROM ladder_cases),
moves AS (
    SELECT '工单/' || ticket_id AS case_id, level, entered_at, left_at, unit AS own_unit, file_id, sheet, row_number FROM feed_ticket_transfers
    UNION ALL
    SELECT case_id, '网格', opened_at, closed_at, unit, file_id, sheet, row_number
    FROM cases CROSS JOIN register
    WHERE origin = '工单' AND opened_at >= from_day AND raised_level = '网格' AND (is_open OR closing_level = '网格')
        AND record_number NOT IN (SELECT ticket_id FROM feed_ticket_transfers)
    UNION ALL
    SELECT '纠纷/' || dispute_id, raised_level, raised_at,
        CASE WHEN raised_level IS NOT DISTINCT FROM closing_level THEN closed_at ELSE escalated_at END, unit, file_id, sheet, row_number
    FROM disputes
    WHERE is_dispute AND raised_level IS NOT NULL AND (is_open OR raised_level IS NOT DISTINCT FROM closing_level OR escalated_at IS NOT NULL)
    UNION ALL
    SELECT '纠纷/' || dispute_id, closing_level, escalated_at, closed_at, unit, file_id, sheet, row_number
    FROM disputes WHERE is_dispute AND escalated_at IS NOT NULL AND closing_level IS DISTINCT FROM raised_level AND closing_level IS NOT NULL
),
ordered AS (
    SELECT moves.*, row_number() OVER steps AS number, lead(entered_at) OVER steps AS next_entered, lead(level) OVER steps AS next_level
    FROM moves WHERE entered_at <= data_date() WINDOW steps AS (PARTITION BY case_id ORDER BY entered_at, row_number)
),
ended AS (
    SELECT ordered.* EXCLUDE (left_at), cases.* EXCLUDE (case_id, unit, level, file_id, sheet, row_number), coalesce(own_unit, cases.unit) AS unit,
        coalesce(left_at, next_entered, CASE WHEN is_closed AND next_level IS NULL THEN closed_at END) AS left_level_at
    FROM ordered JOIN cases USING (case_id)
)
SELECT case_id || '/' || number AS step_id, case_id, record_number, origin, number::INTEGER AS step_number, level, next_level, category, channel, unit, description,
    place_text, building_id, room, grid_id, branch_id, entered_at, left_level_at AS left_at,
    CASE WHEN left_level_at >= entered_at THEN round(date_diff('second', entered_at, left_level_at) / 3600.0, 2) END AS hours,
    file_id, sheet, row_number::INTEGER AS row_number,
    true AS is_step,
    origin = '工单' AS is_of_ticket,
    origin <> '工单' AS is_of_dispute,
    coalesce(left_level_at <= data_date(), false) AS has_left,
    next_level IS NULL AND is_closed AS is_last_step
FROM ended
ORDER BY step_id
