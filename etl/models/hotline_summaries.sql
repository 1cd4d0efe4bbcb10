-- hotline_summaries: one row per department and period of a 12345-like summary, dated by the period's end.
-- Satisfaction rests on the people reached: 双满意 + 单满意 + 不满意; 无法回访 stays out of it and is shown beside.
-- Departments that are open past their time limit count as not on time; 未办结 that are still in time do not count yet.
-- The floor of 85 % is the target of hotline_satisfaction_rate in metrics/define/catalogue.toml.
-- Where a month and a week inside it were both exported, only the longer period counts.
WITH dated AS (
    SELECT *, regexp_extract_all(period, '\d+')::INTEGER[] AS parts FROM feed_hotline_summaries
),
bounded AS (
    SELECT *,
        CASE len(parts)
            WHEN 2 THEN try_cast(printf('%04d-%02d-01', parts[1], parts[2]) AS TIMESTAMP)
            WHEN 5 THEN try_cast(printf('%04d-%02d-%02d', parts[1], parts[2], parts[3]) AS TIMESTAMP)
            WHEN 6 THEN try_cast(printf('%04d-%02d-%02d', parts[1], parts[2], parts[3]) AS TIMESTAMP)
        END AS first_day,
        CASE len(parts)
            WHEN 2 THEN try_cast(printf('%04d-%02d-01', parts[1], parts[2]) AS TIMESTAMP) + INTERVAL 1 MONTH - INTERVAL 1 DAY
            WHEN 5 THEN try_cast(printf('%04d-%02d-%02d', parts[1], parts[4], parts[5]) AS TIMESTAMP)
            WHEN 6 THEN try_cast(printf('%04d-%02d-%02d', parts[4], parts[5], parts[6]) AS TIMESTAMP)
        END AS last_day
    FROM dated
),
summaries AS (
    SELECT *, coalesce(first_day, date_trunc('day', export_time)) AS period_start,
        coalesce(last_day, date_trunc('day', export_time)) + INTERVAL 1 DAY - INTERVAL 1 SECOND AS period_end
    FROM bounded
    QUALIFY row_number() OVER (PARTITION BY unit, period_start, period_end ORDER BY export_time DESC, record_id) = 1
),
judged AS (
    SELECT *,
        coalesce(max(period_end) OVER longer >= period_end, false) AS is_inside,
        coalesce(both_satisfied, 0) + coalesce(one_satisfied, 0) AS satisfied,
        coalesce(both_satisfied, 0) + coalesce(one_satisfied, 0) + coalesce(dissatisfied, 0) AS reached,
        coalesce(closed_on_time, 0) + coalesce(closed_late, 0) + coalesce(open_late, 0) AS due
    FROM summaries
    WINDOW longer AS (PARTITION BY unit ORDER BY period_start, period_end DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
counted AS (
    SELECT *, period_end <= data_date() AND NOT is_inside AND NOT regexp_matches(unit, '^[(（]?[合总小共]\s*计') AS is_summary FROM judged
)
SELECT record_id AS summary_id, period, period_start, period_end, category, level, channel, unit, description,
    place_text, building_id, room, grid_id, branch_id, events::INTEGER AS events,
    closed_on_time::INTEGER AS closed_on_time, closed_late::INTEGER AS closed_late, open::INTEGER AS open, open_late::INTEGER AS open_late,
    due::INTEGER AS due, both_satisfied::INTEGER AS both_satisfied, one_satisfied::INTEGER AS one_satisfied,
    dissatisfied::INTEGER AS dissatisfied, unreachable::INTEGER AS unreachable, satisfied::INTEGER AS satisfied, reached::INTEGER AS reached,
    (reached + coalesce(unreachable, 0))::INTEGER AS called, file_id, sheet, row_number::INTEGER AS row_number,
    is_summary,
    first_day IS NOT NULL AND last_day IS NOT NULL AS has_period,
    is_summary AND reached > 0 AND satisfied < 0.85 * reached AS is_under_floor,
    coalesce(closed_on_time + coalesce(closed_late, 0) + open NOT BETWEEN events - coalesce(open_late, 0) AND events, false) AS is_unbalanced
FROM counted
ORDER BY summary_id
