-- contractor_weeks: per week, company, post and place the guards' days in post (as years of one person) and how many left. From the first
-- roster, or the first leaver it knows, on: before that nobody wrote down who left.
WITH known AS (
    SELECT least((SELECT min(export_time) FROM states_contractors), (SELECT min(left_on) FROM contractors))::DATE AS first_day
),
weeks AS (
    SELECT unnest(generate_series(date_trunc('week', first_day), data_date(), INTERVAL 7 DAY))::DATE AS week, first_day FROM known WHERE first_day IS NOT NULL
),
days AS (
    SELECT week, guard.*, least(week + 7, data_date()::DATE + 1, coalesce(gone_at::DATE, week + 7)) - greatest(week, first_day, joined_on::DATE) AS days,
        is_left AND left_on >= greatest(week, first_day) AND left_on < week + 7 AS left_then
    FROM weeks JOIN contractors AS guard ON guard.is_contractor AND joined_on < week + 7 AND coalesce(gone_at > week, true)
)
SELECT strftime(week, '%Y%m%d') || '-' || row_number() OVER (PARTITION BY week ORDER BY unit, category, place_text, building_id, grid_id, branch_id) AS row_id,
    week::TIMESTAMP AS week_at, category, NULL::VARCHAR AS level, NULL::VARCHAR AS channel, unit, place_text, building_id, NULL::VARCHAR AS room, grid_id, branch_id,
    sum(days)::INTEGER AS person_days, (sum(days) / 365.25)::DOUBLE AS person_years, count(*) FILTER (left_then)::INTEGER AS people_left, true AS is_known
FROM days WHERE days > 0
GROUP BY week, unit, category, place_text, building_id, grid_id, branch_id
ORDER BY row_id
