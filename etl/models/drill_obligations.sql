-- drill_obligations: one row per building, rule and period in which the rule asks for a drill, with the drill that met it.
-- Periods: calendar months and quarters; half-years and school years from 1 March and 1 September. Counted from the
-- first whole period on record. Where two rules ask the same of a building the stricter one stays.
WITH records AS (
    SELECT min(day) AS first_record, min(day) FILTER (is_drill) AS first_drill
    FROM (SELECT opened_at::DATE AS day, false AS is_drill FROM tickets UNION ALL
          SELECT found_at::DATE, false FROM hazards UNION ALL SELECT held_at::DATE, true FROM drills WHERE drills.is_drill)
),
bound AS (
    SELECT building_id, grid_id, branch_id, buildings.name, rule.*,
        min(months) OVER (PARTITION BY building_id, coalesce(drill_category, '')) AS strictest
    FROM buildings JOIN cadences AS rule
        ON (rule.key_site AND is_key_site) OR list_contains(rule.kinds, kind)
),
starts AS (
    SELECT unnest(generate_series(date_trunc('year', first_record) - INTERVAL 1 YEAR, data_date(), INTERVAL 1 MONTH))::DATE AS period_start
    FROM records WHERE first_drill IS NOT NULL
),
periods AS (
    SELECT size.months, period_start, (period_start + to_months(size.months) - INTERVAL 1 SECOND)::TIMESTAMP AS due_at
    FROM starts JOIN (SELECT unnest([1, 3, 6, 12])::INTEGER AS months) AS size
        ON list_contains(CASE size.months WHEN 3 THEN [1, 4, 7, 10] WHEN 6 THEN [3, 9] WHEN 12 THEN [9] ELSE range(1, 13) END, month(period_start))
),
asked AS (
    SELECT bound.*, period_start, due_at
    FROM bound JOIN periods ON periods.months = bound.months
    CROSS JOIN records
    WHERE bound.months = strictest AND period_start >= first_record AND due_at >= first_drill AND period_start <= data_date()
)
SELECT rule_id || '-' || asked.building_id || '-' || strftime(period_start, '%Y%m%d') AS obligation_id,
    asked.building_id, asked.grid_id, asked.branch_id, label AS category, asked.name AS place_text,
    NULL::VARCHAR AS room, NULL::VARCHAR AS level, NULL::VARCHAR AS channel, NULL::VARCHAR AS unit,
    rule_id, period_start, due_at, min_by(drill_id, (held_at, drill_id)) AS drill_id,
    due_at <= data_date() AS is_due, count(drill_id) > 0 AS is_met
FROM asked
LEFT JOIN drills ON drills.is_drill AND drills.building_id = asked.building_id AND held_at BETWEEN period_start AND due_at
    AND (drill_category IS NULL OR drills.category = drill_category)
GROUP BY ALL
ORDER BY obligation_id
