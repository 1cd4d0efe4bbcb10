-- college_lessons: every college in the school year of the data date (from 1 August), whether or not it held a lesson, cut where its
-- freshmen had had their hours: before it (due at once) and after it (no due). is_current is the piece that stands at the data date.
-- hours: lesson hours a freshman had on average so far, Σ hours × people ÷ freshmen; what each of them heard no list says.
WITH year AS (
    SELECT make_date(year(data_date())::INTEGER - (month(data_date()) < 8)::INTEGER, 8, 1)::TIMESTAMP AS since,
        coalesce(limit_of('lessons', 'freshmen_hours', NULL), 4) AS wanted
),
held AS (
    SELECT unit, count(*) AS lessons, sum(people) AS attendances, sum(person_hours) FILTER (is_for_freshmen) AS person_hours
    FROM lessons, year WHERE is_lesson AND held_at >= since GROUP BY unit
),
so_far AS (
    SELECT lesson.unit, held_at, wanted, sum(person_hours) OVER (PARTITION BY lesson.unit ORDER BY held_at, lesson_id) / nullif(freshmen, 0) AS hours
    FROM lessons AS lesson JOIN units ON units.name = lesson.unit, year WHERE is_for_freshmen AND held_at >= since
),
reached AS (SELECT unit, min(held_at) AS reached_at FROM so_far WHERE hours >= wanted GROUP BY unit),
came AS (SELECT unit, sum(people) AS visitors FROM visits, year WHERE is_visit AND visited_at >= since GROUP BY unit),
counted AS (
    SELECT unit_id, name, branch_id, people, freshmen, since, sort_order, reached_at, coalesce(lessons, 0) AS lessons,
        coalesce(attendances, 0) AS attendances, coalesce(visitors, 0) AS visitors, coalesce(person_hours, 0) / nullif(freshmen, 0) AS hours,
        unnest(if(reached_at IS NULL, [false], [false, true])) AS is_enough
    FROM units CROSS JOIN year LEFT JOIN held ON held.unit = name LEFT JOIN came ON came.unit = name LEFT JOIN reached ON reached.unit = name
    WHERE kind = '学院' AND EXISTS (FROM lessons)
)
SELECT unit_id || '-' || year(since) || if(is_enough, '-2', '-1') AS college_id, name AS unit, NULL::VARCHAR AS category, NULL::VARCHAR AS level,
    NULL::VARCHAR AS channel, NULL::VARCHAR AS place_text, NULL::VARCHAR AS building_id, NULL::VARCHAR AS room, NULL::VARCHAR AS grid_id, branch_id,
    if(is_enough, reached_at, since) AS begin_at, coalesce(if(is_enough, NULL, reached_at), since + INTERVAL 1 YEAR) AS end_at,
    if(is_enough, NULL, since) AS expires_at, people, freshmen, lessons::INTEGER AS lessons, attendances::INTEGER AS attendances,
    visitors::INTEGER AS visitors, round(hours, 2) AS hours, is_enough = (reached_at IS NOT NULL) AS is_current,
    hours IS NOT NULL AS has_freshmen, is_enough = (reached_at IS NOT NULL) AND hours IS NOT NULL AS is_counted,
    is_enough = (reached_at IS NOT NULL) AND coalesce(people > 0, false) AS has_people, is_enough, lessons > 0 AS has_lesson
FROM counted
ORDER BY sort_order, college_id
