-- inspections: one row per check. What is dated after the data date is a plan. hazard_id: the first of the numbers it names
-- that the hazard ledger knows; linked_hazards: how many of them.
WITH named AS (
    SELECT record_id, trim(unnest(string_split_regex(hazard_ids, '[、,，;；\s]+'))) AS hazard_id
    FROM feed_inspections WHERE hazard_ids IS NOT NULL
),
linked AS (
    SELECT record_id, min(hazard_id) AS hazard_id, count(DISTINCT hazard_id)::INTEGER AS linked
    FROM named JOIN hazards USING (hazard_id) GROUP BY record_id
)
SELECT check_.record_id AS inspection_id, category, level, channel, unit, description,
    place_text, building_id, room, grid_id, branch_id, inspected_at, inspector AS inspector_key, inspector_role,
    students::INTEGER AS students, items::INTEGER AS items, problems_found::INTEGER AS problems_found,
    problems_fixed::INTEGER AS problems_fixed, hazard_ids, linked.hazard_id, coalesce(linked.linked, 0)::INTEGER AS linked_hazards, evidence_no,
    file_id, sheet, row_number::INTEGER AS row_number,
    inspected_at <= data_date() AS is_inspection,
    inspected_at <= data_date() AND problems_found IS NOT NULL AS has_count,
    inspected_at <= data_date() AND coalesce(problems_found > 0, false) AS is_finding,
    inspected_at <= data_date() AND coalesce(students > 0, false) AS has_students,
    linked.linked IS NOT NULL AS is_linked
FROM feed_inspections AS check_ LEFT JOIN linked ON linked.record_id = check_.record_id
ORDER BY inspection_id
