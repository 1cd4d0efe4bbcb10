-- 案事件、零报告或反诈记录的部分超出了整体，或者编号重复
SELECT incident_id FROM incidents
WHERE (is_open OR is_closed OR is_severe OR is_dispatched OR is_zero_type) > is_incident OR is_arrived > is_dispatched OR is_arrival_due > is_dispatched
    OR is_arrived_on_time > (is_arrival_due AND is_arrived) OR (is_incident AND is_open = is_closed) OR status NOT IN ('open', 'closed', 'void')
    OR (is_incident AND is_open AND is_closed AND is_severe AND is_dispatched AND is_arrived AND is_arrival_due AND is_arrived_on_time AND is_zero_type) IS NULL
UNION ALL SELECT incident_id FROM incidents GROUP BY incident_id HAVING count(*) > 1 OR incident_id IS NULL
UNION ALL SELECT zero_event_id FROM zero_events WHERE is_counted = is_suspected OR is_counted IS NULL
UNION ALL SELECT zero_event_id FROM zero_events GROUP BY zero_event_id HAVING count(*) > 1 OR zero_event_id IS NULL
UNION ALL SELECT case_id FROM fraud_cases WHERE (has_loss OR is_filed OR is_closed) > is_case OR (is_case AND has_loss AND is_filed AND is_closed) IS NULL
UNION ALL SELECT case_id FROM fraud_cases GROUP BY case_id HAVING count(*) > 1 OR case_id IS NULL
UNION ALL SELECT outreach_id FROM fraud_outreach
WHERE (is_dissuasion OR is_publicity) > is_outreach OR (is_dissuasion AND is_publicity) OR has_audience > is_publicity OR (is_outreach AND is_dissuasion AND is_publicity AND has_audience) IS NULL
UNION ALL SELECT outreach_id FROM fraud_outreach GROUP BY outreach_id HAVING count(*) > 1 OR outreach_id IS NULL
UNION ALL SELECT attempt_id FROM fraud_attempts WHERE is_dissuaded > is_attempt OR (is_attempt AND is_dissuaded) IS NULL
