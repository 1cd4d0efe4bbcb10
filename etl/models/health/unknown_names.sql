-- Branches and grids nobody listed: their records stay in every total and in no group. Several in one cell belong to none.
SELECT source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number, label AS column_label,
    'unknown_' || what AS code, label || '「' || word || '」认不出是哪个' || if(what = 'branch', '党支部', '网格') || '，只能按地点所在的归属计' AS message,
    if(what = 'branch', '一行写一个党支部；或把这种写法加进 data/school/branch_aliases.csv', '一行写一个网格；网格的编号和名称见 data/school/grids.csv') AS remedy,
    occurrences
FROM unknown_names
QUALIFY row_number() OVER (PARTITION BY source, what ORDER BY occurrences DESC, word) <= 50
