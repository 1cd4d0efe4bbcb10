-- A statutory rule that binds no place and no unit: a mistyped kind, or a list of units still to be filled in.
SELECT NULL::VARCHAR AS source, NULL::VARCHAR AS file_id, NULL::VARCHAR AS sheet, NULL::BIGINT AS row_number, '约束对象' AS column_label,
    'cadence_binds_nothing' AS code, '法定频次规则「' || label || '」没有约束到任何地点或单位（' || binds || '）' AS message,
    '请核对 data/school/cadences.toml 的 binds 与楼宇、单位清单里的类型是否一致' AS remedy, 1::BIGINT AS occurrences
FROM cadences
WHERE NOT EXISTS (FROM buildings WHERE contains('、' || binds || '、', '、' || kind || '、') OR contains(binds, '全部楼宇') OR (is_key_site AND contains(binds, '重点部位')))
    AND NOT EXISTS (FROM units WHERE contains('、' || binds || '、', '、' || kind || '、') OR contains(binds, '全部单位'))
    AND NOT contains('、' || binds || '、', '、学校、')
