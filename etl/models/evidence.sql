-- evidence: what may prove that a duty was done: one row per record and target it counts for. A record that names a grid and
-- no building counts for every building of the grid; one that names a unit for the unit; every one for the school.
-- counted_on: the day it counts for: a night patrol until six in the morning belongs to the evening before, a lesson for
-- freshmen in August to the school year that begins. amount: of lessons, hours per freshman of the college.
WITH records AS (
    SELECT 'drills' AS proven_by, drill_id AS record_id, held_at AS moment, held_at::DATE AS counted_on, category,
        building_id, grid_id, unit, 1.0 AS amount
    FROM drills WHERE is_drill
    UNION ALL
    SELECT 'inspections', inspection_id, inspected_at, inspected_at::DATE, category, building_id, grid_id, unit, 1.0
    FROM inspections WHERE is_inspection
    UNION ALL
    SELECT 'duty_shifts', shift_id, starts_at, (starts_at - if(category = '夜间巡查', INTERVAL 6 HOUR, INTERVAL 0 HOUR))::DATE, category,
        building_id, grid_id, unit, 1.0
    FROM duty_shifts WHERE is_held
    UNION ALL
    SELECT 'equipment_services', service_id, serviced_at, serviced_at::DATE, category, building_id, grid_id, unit, 1.0
    FROM equipment_services WHERE is_service
    UNION ALL
    SELECT 'lessons', lesson_id, held_at, if(is_for_freshmen AND month(held_at) = 8, make_date(year(held_at), 9, 1), held_at::DATE),
        if(is_for_freshmen, '新生安全教育', category), building_id, grid_id, unit, coalesce(person_hours / nullif(freshmen, 0), hours, 0)
    FROM lessons LEFT JOIN units ON units.name = unit WHERE is_lesson
)
SELECT proven_by, record_id, moment, counted_on, category, amount, 'building/' || coalesce(records.building_id, buildings.building_id) AS target
FROM records LEFT JOIN buildings ON records.building_id IS NULL AND buildings.grid_id = records.grid_id
WHERE coalesce(records.building_id, buildings.building_id) IS NOT NULL
UNION ALL
SELECT proven_by, record_id, moment, counted_on, category, amount, 'unit/' || unit FROM records WHERE unit IS NOT NULL
UNION ALL
SELECT proven_by, record_id, moment, counted_on, category, amount, 'school' FROM records
ORDER BY proven_by, record_id, target
