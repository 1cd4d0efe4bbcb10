-- campaigns: one row per campaign: where (several places in one cell), from, to, and the category it wants to change.
SELECT record_id AS campaign_id, title, category, coalesce(counted, '工单') AS counted, starts_at, ends_at,
    (ends_at::DATE - starts_at::DATE + 1)::INTEGER AS days, description,
    level, channel, unit, places AS place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number::INTEGER AS row_number,
    coalesce(starts_at <= data_date() AND ends_at >= starts_at, false) AS is_campaign,
    coalesce(starts_at <= data_date() AND ends_at >= starts_at AND ends_at <= data_date(), false) AS is_over
FROM feed_campaigns
ORDER BY campaign_id
