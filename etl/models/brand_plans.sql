-- brand_plans: one row per branch and year, its newest writing. A school year begins on 1 September, a plain year on 1 January.
WITH read AS (
    SELECT *, try_cast(regexp_extract(year, '20\d\d') AS INTEGER) AS year_number, regexp_matches(year, '20\d\d\D+20\d\d') AS is_school_year
    FROM feed_brand_plans
)
SELECT record_id AS plan_id, brand, meaning, carrier, effect, opinion, response,
    checked_at::TIMESTAMP AS checked_at, next_check_at::TIMESTAMP AS next_check_at, year AS year_text,
    year_number AS year, make_timestamp(year_number, if(is_school_year, 9, 1), 1, 0, 0, 0) AS starts_at,
    category, level, channel, unit, place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number::INTEGER AS row_number,
    year_number IS NOT NULL AS is_plan,
    coalesce(make_timestamp(year_number, if(is_school_year, 9, 1), 1, 0, 0, 0) <= data_date(), false) AS is_begun
FROM read
QUALIFY row_number() OVER (PARTITION BY coalesce(branch_id, record_id), year_number, is_school_year ORDER BY export_time DESC, row_number DESC) = 1
ORDER BY plan_id
