-- campaign_places: one row per campaign and place of it; a place nobody knows stays, without a building.
WITH named AS (
    SELECT DISTINCT campaign_id, campaigns.title, campaigns.category, starts_at, ends_at, level, channel, unit, file_id, sheet, row_number, is_campaign,
        trim(unnest(string_split(place_text, '、'))) AS place_text
    FROM campaigns
)
SELECT campaign_id || '·' || named.place_text AS campaign_place_id, campaign_id, title, category, starts_at, ends_at, named.place_text,
    buildings.building_id, buildings.kind, known.room, buildings.grid_id, buildings.branch_id, level, channel, unit, file_id, sheet, row_number,
    is_campaign
FROM named LEFT JOIN place_words AS known ON known.word = named.place_text
LEFT JOIN buildings ON buildings.building_id = known.building_id
ORDER BY campaign_place_id
