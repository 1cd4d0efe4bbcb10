-- Places no building answers to: they stay in every total and show as 未识别.
SELECT source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number, '地点' AS column_label,
    'unresolved_place' AS code, '地点「' || place_text || '」认不出是哪栋楼' || coalesce('，' || suggestion, '') AS message,
    '把这种写法加进 data/school/place_aliases.csv' AS remedy, occurrences
FROM places WHERE building_id IS NULL
QUALIFY row_number() OVER (PARTITION BY source ORDER BY occurrences DESC, place_text) <= 50
