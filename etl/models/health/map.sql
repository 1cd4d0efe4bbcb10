-- What of the school's own map could not be drawn or coloured.
SELECT 'map' AS source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number, NULL::VARCHAR AS column_label,
    code, message, remedy, occurrences
FROM map_notes
