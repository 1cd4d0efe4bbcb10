-- honours: one row per award. Shown as evidence, never counted into a rate.
SELECT record_id AS honour_id, title, awarded_at, issuer, evidence, recipient AS recipient_key,
    category, level, channel, unit, description, place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number::INTEGER AS row_number,
    awarded_at <= data_date() AS is_honour
FROM feed_honours
ORDER BY honour_id
