-- zero_events: one row per incident and kind of event that must not happen. The category of the record decides (is_counted);
-- a telling word alone, or a grave category without its level, is for a person to look at (is_suspected) and breaks no streak.
WITH types AS (
    SELECT *, list_transform(string_split_regex(categories, '[、,，;；|]'), lambda one: trim(one)) AS named,
        list_filter(list_transform(string_split_regex(coalesce(words, ''), '[、,，;；|]'), lambda one: trim(one)),
            lambda one: one <> '') AS telling,
        list_position(['重大', '较大', '一般', '轻微'], least_level) AS least
    FROM zero_types
),
calls AS (
    SELECT *, coalesce(description, '') AS said, list_position(['重大', '较大', '一般', '轻微'], level) AS grade
    FROM feed_incidents
    WHERE coalesce(status, '') <> 'void' AND received_at <= data_date()
),
judged AS (
    SELECT types.type_id, types.label, types.sort_order, calls.*,
        coalesce(list_contains(named, category), false) AS is_named,
        least IS NULL OR grade <= least AS is_grave,
        len(list_filter(telling, lambda one: contains(said, one))) > 0
            AND NOT regexp_matches(said, '误报|演练|宣传|未发生|无人') AS is_telling
    FROM calls JOIN types ON types.since IS NULL OR calls.received_at >= types.since
),
told AS (
    SELECT *, is_named AND coalesce(is_grave, false) AS counted,
        (is_named AND is_grave IS NULL) OR (NOT is_named AND is_telling AND coalesce(is_grave, true)) AS suspected
    FROM judged
)
SELECT type_id || '/' || record_id AS zero_event_id, type_id, record_id AS incident_id, received_at AS happened_at, label AS category,
    category AS incident_category, level, channel, unit, description, place_text, building_id, room, grid_id, branch_id,
    file_id, sheet, row_number::INTEGER AS row_number, counted AS is_counted, NOT counted AND suspected AS is_suspected
FROM told
WHERE counted OR suspected
ORDER BY sort_order, happened_at, incident_id
