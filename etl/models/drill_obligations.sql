-- drill_obligations: what the rules ask for in drills, period by period: the obligations that drills prove, up to the data date.
SELECT obligation_id, building_id, grid_id, branch_id, label AS category, place_text, room, level, channel, unit,
    rule_id, period_start, due_at, evidence_id AS drill_id, is_due, is_met
FROM obligations JOIN cadences USING (rule_id)
WHERE is_begun AND period_start <= data_date() AND contains(proven_by, 'drills')
ORDER BY obligation_id
