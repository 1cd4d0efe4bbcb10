-- cadences: one row per statutory rule, as data/school/cadences.toml says it; obligations name it by rule_id.
SELECT rule_id, label, duty, every, array_to_string(binds, '、') AS binds, array_to_string(proven_by, '、') AS proven_by,
    array_to_string(evidence, '、') AS evidence, at_least, in_vacation, next_workday, clause, source, checked, verified, position AS sort_order
FROM noted_cadences
ORDER BY position
