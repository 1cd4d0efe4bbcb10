-- calendar: one row per day, from ten weeks before the first term or from the first record to a year past the data date or the last term.
-- Teaching weeks run Monday to Sunday. A day outside every term belongs to the vacation before the next term, a day before
-- the first declared term to none: 校历未登记;
-- where no term is known the month decides, so that a school without a calendar file still has one.
WITH terms AS (
    SELECT term_id, term_label, (first_day - (isodow(first_day) - 1)::INTEGER)::DATE AS first_monday,
           (first_day - (isodow(first_day) - 1)::INTEGER + (weeks * 7 - 1)::INTEGER)::DATE AS last_day
    FROM latest_terms
),
span AS (
    SELECT least(min(first_monday) - 70, first_day()) AS from_day,
           greatest(max(last_day) + 70, data_date()::DATE + 366) AS to_day
    FROM terms
),
days AS (
    SELECT unnest(generate_series(from_day::TIMESTAMP, to_day::TIMESTAMP, INTERVAL 1 DAY))::DATE AS day FROM span
),
in_term AS (
    SELECT days.day, min_by(terms, term_id) AS term
    FROM days LEFT JOIN terms ON days.day BETWEEN terms.first_monday AND terms.last_day
    GROUP BY days.day
),
next_term AS (
    SELECT days.day, terms.term_id AS next_id
    FROM days ASOF LEFT JOIN terms ON days.day < terms.first_monday
),
free AS (
    SELECT days.day, min(name) FILTER (kind IS DISTINCT FROM '上班') AS holiday, bool_or(kind = '上班') AS is_moved_workday
    FROM days JOIN latest_holidays AS off ON days.day BETWEEN off.from_day AND coalesce(off.to_day, off.from_day)
    GROUP BY days.day
)
SELECT in_term.day, (in_term.day - (isodow(in_term.day) - 1)::INTEGER)::DATE AS week_start,
       term.term_id AS term_id, term.term_label AS term_label,
       ((in_term.day - term.first_monday) // 7 + 1)::INTEGER AS teaching_week,
       CASE WHEN term.term_id IS NOT NULL THEN '学期'
            WHEN in_term.day < (SELECT min(first_monday) FROM terms) THEN '校历未登记'
            WHEN next_id LIKE '%-2' THEN '寒假'
            WHEN next_id LIKE '%-1' THEN '暑假'
            WHEN month(in_term.day) IN (1, 2) THEN '寒假'
            WHEN month(in_term.day) IN (7, 8) THEN '暑假'
            ELSE '学期' END AS phase,
       free.holiday,
       coalesce(free.is_moved_workday, false) OR (isodow(in_term.day) < 6 AND free.holiday IS NULL) AS is_workday
FROM in_term
LEFT JOIN next_term ON next_term.day = in_term.day
LEFT JOIN free ON free.day = in_term.day
ORDER BY in_term.day
