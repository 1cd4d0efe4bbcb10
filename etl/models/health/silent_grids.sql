-- A grid that fell silent: nothing at all for four weeks or more, where its own past year would have brought twelve.
-- The past: the 52 weeks before the silence, vacations weighed by the same weeks of the calendar being in or out of term.
WITH reports AS (
    SELECT grid_id, opened_at AS moment FROM tickets WHERE is_ticket AND opened_at <= data_date()
    UNION ALL
    SELECT grid_id, found_at FROM hazards WHERE is_hazard AND found_at <= data_date()
),
last_words AS (
    SELECT grid_id, max(moment)::DATE AS last_day FROM reports WHERE grid_id IS NOT NULL GROUP BY grid_id
),
days AS (
    SELECT last_words.grid_id, last_day, phase,
        count(*) FILTER (day > last_day AND day <= data_date()::DATE) AS silent_days,
        count(*) FILTER (day <= last_day AND day > last_day - 364) AS past_days
    FROM last_words CROSS JOIN calendar WHERE day BETWEEN last_day - 363 AND data_date()::DATE
    GROUP BY ALL
),
past AS (
    SELECT reports.grid_id, phase, count(*) AS reports
    FROM reports JOIN last_words USING (grid_id) JOIN calendar ON calendar.day = reports.moment::DATE
    WHERE moment::DATE > last_day - 364 AND moment::DATE <= last_day
    GROUP BY ALL
),
expected AS (
    SELECT grid_id, last_day, sum(silent_days) AS silent_days, sum(silent_days * coalesce(reports, 0) / nullif(past_days, 0)) AS expected
    FROM days LEFT JOIN past USING (grid_id, phase) GROUP BY ALL
)
SELECT NULL::VARCHAR AS source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number, '网格' AS column_label,
    'silent_grid' AS code,
    '「' || name || '」自 ' || strftime(last_day, '%Y-%m-%d') || ' 起 ' || silent_days::INTEGER || ' 天没有任何工单和隐患，按以往应有约 '
        || round(expected)::INTEGER || ' 条' AS message,
    '请向网格员了解情况：是没有事，还是没有人报' AS remedy, silent_days::BIGINT AS occurrences
FROM expected JOIN grids USING (grid_id)
WHERE silent_days >= 28 AND expected >= 12
