-- fraud_outreach: one row per person talked out of a fraud, or per round of publicity with the people it reached.
SELECT record_id AS outreach_id, category, coalesce(category_text, category) AS category_text, title, description, level, channel, unit,
    handler AS handler_key, place_text, building_id, room, grid_id, branch_id, held_at,
    coalesce(people, CASE WHEN category = '劝阻' THEN 1 END)::INTEGER AS people, saved,
    file_id, sheet, row_number::INTEGER AS row_number,
    held_at <= data_date() AS is_outreach,
    held_at <= data_date() AND coalesce(category = '劝阻', false) AS is_dissuasion,
    held_at <= data_date() AND coalesce(category = '宣传', false) AS is_publicity,
    held_at <= data_date() AND coalesce(category = '宣传', false) AND people IS NOT NULL AS has_audience
FROM feed_fraud_outreach
ORDER BY outreach_id
