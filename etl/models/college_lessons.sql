-- college_lessons: one row per college in the school year of the data date (from 1 August), whether or not it held a lesson.
-- hours: lesson hours a freshman had on average, Σ hours × people ÷ freshmen; what each of them heard no list says.
WITH year AS (
    SELECT make_date(year(data_date())::INTEGER - (month(data_date()) < 8)::INTEGER, 8, 1) AS since,
        coalesce(limit_of('lessons', 'freshmen_hours', NULL), 4) AS wanted
),
held AS (
    SELECT unit, count(*) AS lessons, sum(people) AS attendances, sum(person_hours) FILTER (is_for_freshmen) AS person_hours
    FROM lessons, year WHERE is_lesson AND held_at >= since GROUP BY unit
),
came AS (SELECT unit, sum(people) AS visitors FROM visits, year WHERE is_visit AND visited_at >= since GROUP BY unit),
counted AS (
    SELECT unit_id, name, branch_id, people, freshmen, since, wanted, sort_order, coalesce(lessons, 0) AS lessons, coalesce(attendances, 0) AS attendances,
        coalesce(visitors, 0) AS visitors, coalesce(person_hours, 0) / nullif(freshmen, 0) AS hours
    FROM units CROSS JOIN year LEFT JOIN held ON held.unit = name LEFT JOIN came ON came.unit = name
    WHERE kind = '学院' AND EXISTS (FROM lessons)
)
SELECT unit_id || '-' || year(since) AS college_id, since::TIMESTAMP AS since, name AS unit, NULL::VARCHAR AS category, NULL::VARCHAR AS level, NULL::VARCHAR AS channel,
    NULL::VARCHAR AS place_text, NULL::VARCHAR AS building_id, NULL::VARCHAR AS room, NULL::VARCHAR AS grid_id, branch_id,
    people, freshmen, lessons::INTEGER AS lessons, attendances::INTEGER AS attendances, visitors::INTEGER AS visitors, round(hours, 2) AS hours,
    hours IS NOT NULL AS has_freshmen, coalesce(hours >= wanted, false) AS is_enough, coalesce(people > 0, false) AS has_people, lessons > 0 AS has_lesson
FROM counted
ORDER BY sort_order, college_id
