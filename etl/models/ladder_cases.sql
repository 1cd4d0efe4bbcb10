-- ladder_cases: every ticket and every dispute once: at which level it was raised and at which it was closed.
-- Open ones stay in the denominator. A ticket is raised where its first transfer says, else in the grid its place lies in.
WITH first_steps AS (
    SELECT ticket_id, arg_min(level, entered_at) AS first_level FROM feed_ticket_transfers GROUP BY ticket_id
),
cases AS (
    SELECT 'tickets' AS origin, ticket_id AS record_number, coalesce(first_level, CASE WHEN grid_id IS NOT NULL THEN '网格' END) AS raised,
        CASE WHEN is_closed THEN closing_level END AS closing_level, category, channel, unit, description, place_text, building_id, room, grid_id,
        branch_id, opened_at, closed_at, file_id, sheet, row_number, is_closed AS closed, is_reopened_or_repeat AS again
    FROM tickets LEFT JOIN first_steps USING (ticket_id) WHERE is_ticket AND opened_at <= data_date()
    UNION ALL
    SELECT 'disputes', dispute_id, raised_level, CASE WHEN is_closed THEN closing_level END, category, channel, unit, description,
        place_text, building_id, room, grid_id, branch_id, raised_at, closed_at, file_id, sheet, row_number, is_closed, is_relapsed
    FROM disputes WHERE is_dispute
),
ranked AS (
    SELECT *, list_position(['网格', '楼栋/学院', '部门', '校级', '校外'], raised) AS raised_rank,
        list_position(['网格', '楼栋/学院', '部门', '校级', '校外'], closing_level) AS closing_rank
    FROM cases
)
SELECT CASE origin WHEN 'tickets' THEN '工单/' ELSE '纠纷/' END || record_number AS case_id, CASE origin WHEN 'tickets' THEN '工单' ELSE '矛盾纠纷' END AS origin, record_number,
    raised AS raised_level, closing_level, closing_level AS level, category, channel, unit, description,
    place_text, building_id, room, grid_id, branch_id, opened_at, closed_at, file_id, sheet, row_number,
    true AS is_case,
    NOT closed AS is_open,
    closed AS is_closed,
    closed AND closing_level IS NOT NULL AS is_levelled,
    coalesce(raised = '网格', false) AS is_raised_in_grid,
    coalesce(raised = '网格' AND closing_level = '网格', false) AS is_resolved_in_grid,
    coalesce(closing_rank > raised_rank, false) AS is_passed_on,
    coalesce(closing_level <> '校外', false) AS is_closed_on_campus,
    closed AND again AS is_reopened
FROM ranked
ORDER BY case_id
