-- idle_checks: who has checked twenty times or more in the two years before the data date and never found anything, where others,
-- in the same kinds of check, find something again and again: by inspector, by unit and by kind of check.
-- chance: that so many checks of these kinds find nothing if they were like the others', Π (1 − share of the others' checks of the
-- kind that found something); a kind is compared with all other kinds. A kind with fewer than twenty checks by others says nothing. A unit with one inspector is told once.
WITH counted AS (
    SELECT category, inspector_key, unit, branch_id, problems_found > 0 AS found FROM inspections
    WHERE has_count AND inspected_at > data_date() - INTERVAL 728 DAY AND category IS NOT NULL
),
grouped AS (
    SELECT '检查人' AS who_kind, inspector_key AS who, category, unit, branch_id, found FROM counted WHERE inspector_key IS NOT NULL
    UNION ALL SELECT '单位', unit, category, unit, branch_id, found FROM counted WHERE unit IS NOT NULL
    UNION ALL SELECT '检查类型', category, '', unit, branch_id, found FROM counted
),
totals AS (SELECT who_kind, category, count(*) AS checks, count(*) FILTER (found) AS findings FROM grouped GROUP BY ALL),
own AS (
    SELECT who_kind, who, category, count(*) AS checks, count(*) FILTER (found) AS findings,
        CASE WHEN count(DISTINCT unit) = 1 THEN any_value(unit) END AS unit, CASE WHEN count(DISTINCT branch_id) = 1 THEN any_value(branch_id) END AS branch_id
    FROM grouped GROUP BY who_kind, who, category
),
compared AS (
    SELECT own.*, totals.checks - own.checks AS other_checks, totals.findings - own.findings AS other_findings
    FROM own JOIN totals USING (who_kind, category)
),
found AS (
    SELECT who_kind, who, string_agg(nullif(category, ''), '、' ORDER BY category) AS categories, max(unit) AS unit, max(branch_id) AS branch_id,
        sum(checks)::INTEGER AS checks, sum(other_checks)::INTEGER AS other_checks, sum(other_findings)::INTEGER AS other_findings,
        round(sum(checks * other_findings / other_checks), 2)::DOUBLE AS expected,
        exp(sum(checks * ln(1 - least(other_findings / other_checks, 0.999)))) AS chance
    FROM compared WHERE other_checks >= 20
    GROUP BY who_kind, who
    HAVING sum(checks) >= 20 AND sum(findings) = 0 AND exp(sum(checks * ln(1 - least(other_findings / other_checks, 0.999)))) < 0.01
)
FROM found
WHERE who_kind <> '检查人' OR NOT EXISTS (FROM found AS units WHERE units.who_kind = '单位' AND units.who = found.unit AND units.checks = found.checks)
ORDER BY chance, who_kind, who
