-- obligations: one row per place or unit, duty and period in which a rule of cadences asks for something, with what met it.
-- Counted from the first whole period on record, and from the first record of its kind: before that nobody kept the log. A
-- duty nothing was ever recorded for has its current period only, is_begun false. The period after the current one is kept
-- too, to say what comes next. Of several rules on one duty the one with the shortest period stays. A day or week is due
-- only when an export made after it has come: what is not exported yet is not missed.
WITH records AS (
    SELECT min(day) AS first_record
    FROM (SELECT min(opened_at)::DATE AS day FROM tickets UNION ALL SELECT min(found_at)::DATE FROM hazards
          UNION ALL SELECT min(moment)::DATE FROM evidence)
),
targets AS (
    SELECT 'building/' || building_id AS target, building_id AS key, [kind, '全部楼宇', CASE WHEN is_key_site THEN '重点部位' END] AS words,
        building_id, grid_id, branch_id, NULL::VARCHAR AS unit, name AS place_text
    FROM buildings
    UNION ALL SELECT 'unit/' || name, name, [kind, '全部单位', NULL], NULL, NULL, branch_id, name, name FROM units
    UNION ALL SELECT 'school', '学校', ['学校', NULL, NULL], NULL, NULL, NULL, NULL, '全校'
),
bound AS (
    SELECT targets.*, rule_id
    FROM targets JOIN noted_cadences AS rule ON list_has_any(rule.binds, targets.words)
    QUALIFY row_number() OVER (
        PARTITION BY target, duty ORDER BY length_of(every), every = 'week', in_vacation DESC, verified DESC, position) = 1
),
proofs AS (
    SELECT rule_id, every, next_workday, evidence.* EXCLUDE (category)
    FROM evidence JOIN noted_cadences AS rule ON list_contains(rule.proven_by, evidence.proven_by)
        AND (len(rule.evidence) = 0 OR list_contains(rule.evidence, category))
),
begun AS (SELECT rule_id, min(counted_on) AS first_proof FROM proofs GROUP BY rule_id),
feeds AS (
    SELECT rule_id, proven_by AS feed, max(moment) AS newest FROM proofs WHERE every IN ('day', 'week') GROUP BY rule_id, proven_by
    QUALIFY max(moment) >= max(max(moment)) OVER (PARTITION BY rule_id) - INTERVAL 31 DAY
),
known AS (SELECT rule_id, min(until) AS known_until FROM feeds JOIN exported_until USING (feed) GROUP BY rule_id),
workdays AS (
    SELECT day, min(day) FILTER (is_workday) OVER (ORDER BY day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS workday FROM calendar
),
periods AS (
    SELECT every, period_of(every, day) AS period_start, bool_or(phase = '学期' AND holiday IS NULL) AS is_open
    FROM calendar CROSS JOIN (SELECT DISTINCT every FROM noted_cadences) GROUP BY ALL
),
dated AS (
    SELECT *, (period_start + CASE every WHEN 'day' THEN INTERVAL 1 DAY WHEN 'week' THEN INTERVAL 7 DAY ELSE to_months(length_of(every)) END
        - INTERVAL 1 SECOND)::TIMESTAMP AS ends_at
    FROM periods
),
asked AS (
    SELECT rule_id, period_start, ends_at, first_proof IS NOT NULL AS is_begun,
        CASE WHEN next_workday THEN coalesce(workday + INTERVAL 1 DAY - INTERVAL 1 SECOND, ends_at) ELSE ends_at END::TIMESTAMP AS due_at
    FROM noted_cadences AS rule JOIN dated USING (every) LEFT JOIN begun USING (rule_id) LEFT JOIN workdays ON workdays.day = ends_at::DATE
    CROSS JOIN records
    WHERE CASE WHEN first_proof IS NULL THEN period_start = period_of(every, data_date())
               ELSE (is_open OR in_vacation) AND period_start >= first_record AND ends_at >= first_proof END
    QUALIFY period_start <= data_date() OR row_number() OVER (PARTITION BY rule_id, period_start > data_date() ORDER BY period_start) = 1
),
met AS (
    SELECT rule_id, target, period_start, sum(amount) AS amount, min_by(proofs, (moment, record_id)) AS first, max_by(proofs, (moment, record_id)) AS last
    FROM (SELECT *, period_of(every, counted_on) AS period_start FROM proofs
          UNION ALL
          SELECT proofs.*, asked.period_start FROM proofs JOIN asked USING (rule_id)
          WHERE next_workday AND counted_on > asked.ends_at AND counted_on <= asked.due_at) AS proofs
    GROUP BY ALL
),
judged AS (
    SELECT bound.*, duty, asked.* EXCLUDE (rule_id, ends_at), last.moment AS last_at, last.proven_by AS last_table, last.record_id AS last_id,
        coalesce(amount > 0 AND amount >= at_least, false) AS is_met, CASE WHEN at_least > 0 THEN last ELSE first END AS proof
    FROM bound JOIN asked USING (rule_id) JOIN noted_cadences USING (rule_id) LEFT JOIN met USING (rule_id, target, period_start)
)
SELECT rule_id || '-' || key || '-' || strftime(period_start, '%Y%m%d') AS obligation_id,
    building_id, grid_id, branch_id, duty AS category, place_text, NULL::VARCHAR AS room, NULL::VARCHAR AS level, NULL::VARCHAR AS channel,
    unit, rule_id, period_start, due_at, proof.proven_by AS evidence_table, proof.record_id AS evidence_id,
    CASE WHEN is_met THEN proof.moment END AS done_at, last_table, last_id, last_at,
    is_begun, is_due, is_met, is_due AND NOT is_met AS is_missed
FROM (SELECT *, is_begun AND due_at <= least(data_date(), known_until) AS is_due FROM judged LEFT JOIN known USING (rule_id))
ORDER BY obligation_id
