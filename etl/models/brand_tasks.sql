-- brand_tasks: one row per branch, year and task, its newest writing. Done means done with evidence: what is only said to be
-- done stays open. The first deadline judges; a later one in a later export is an extension, shown and not counted in favour.
WITH first_deadlines AS (
    SELECT record_id, first(due_at ORDER BY sequence) AS first_due_at
    FROM states_brand_tasks WHERE due_at IS NOT NULL GROUP BY record_id
),
read AS (
    SELECT task.*, try_cast(regexp_extract(year, '20\d\d') AS INTEGER) AS year_number,
        make_timestamp(try_cast(regexp_extract(year, '20\d\d') AS INTEGER), if(regexp_matches(year, '20\d\d\D+20\d\d'), 9, 1), 1, 0, 0, 0) AS year_start,
        least(first_due_at, due_at) AS due, nullif(due_at, least(first_due_at, due_at)) AS extended_due,
        CASE WHEN status IN ('void', 'done', 'open') THEN status WHEN done_at IS NOT NULL THEN 'done' ELSE 'open' END AS state,
        evidence IS NOT NULL AND NOT regexp_matches(evidence, '^(待|后)补|^暂(无|缺)|^(尚)?未(上传|提供|提交)|^整理中|^补充中|^没有') AS has_evidence
    FROM feed_brand_tasks AS task LEFT JOIN first_deadlines USING (record_id)
    QUALIFY row_number() OVER (PARTITION BY coalesce(branch_id, record_id), year_number, task ORDER BY export_time DESC, row_number DESC) = 1
),
judged AS (
    SELECT *, state <> 'void' AS is_task, state = 'done' AND coalesce(done_at <= data_date(), true) AS is_said_done,
        state <> 'void' AND coalesce(due <= data_date(), false) AS is_due
    FROM read
)
SELECT record_id AS task_id, task AS title, year AS year_text, year_number AS year, least(coalesce(year_start, due), due) AS starts_at,
    owner AS owner_key, due AS due_at, extended_due AS extended_due_at, done_at,
    CASE WHEN is_said_done AND has_evidence THEN done_at END AS proven_at,
    coalesce(status_text, status) AS status_text, state AS status, evidence, description,
    category, level, channel, unit, place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number::INTEGER AS row_number,
    is_task, is_due, has_evidence, is_said_done,
    is_said_done AND has_evidence AS is_done,
    is_said_done AND NOT has_evidence AS is_without_evidence,
    is_task AND NOT (is_said_done AND has_evidence) AS is_open,
    is_due AND is_said_done AND has_evidence AND coalesce(done_at <= due, false) AS is_on_time,
    is_due AND NOT (is_said_done AND has_evidence) AS is_overdue_open,
    is_said_done AND coalesce(done_at::DATE = due::DATE, false) AS is_on_due_day,
    extended_due IS NOT NULL AS is_extended
FROM judged
ORDER BY task_id
