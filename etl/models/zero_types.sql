-- zero_types: one row per kind of event that must not happen, as the school lists them.
SELECT type_id, label, categories, words, least_level, since, basis,
       coalesce(sort_order, row_number() OVER (ORDER BY type_id))::INTEGER AS sort_order
FROM feed_zero_types
ORDER BY sort_order, type_id
