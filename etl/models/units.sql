-- units: one row per college or department: who must sign, be taught and be checked, whether or not a record ever came.
SELECT unit.unit_id, unit.name, unit.kind, unit.people::INTEGER AS people, unit.freshmen::INTEGER AS freshmen,
       branch.branch_id, unit.post, coalesce(unit.sort_order, row_number() OVER (ORDER BY unit.unit_id))::INTEGER AS sort_order
FROM feed_units AS unit
LEFT JOIN branch_words AS branch ON branch.word = unit.branch_id
ORDER BY sort_order, unit.unit_id
