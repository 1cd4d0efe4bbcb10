-- pledges: one row per unit and year, signed or not, for every year on record and that of the data date. Every unit of
-- data/school/units.csv must sign; where the school keeps no such list, those the ledger names. Without a deadline of its
-- own a pledge is due when most of that year's are, else at the end of March (limits.toml, pledges.due_month).
WITH said AS (
    SELECT *, try_cast(regexp_extract(year, '20\d\d') AS INTEGER) AS year_number FROM feed_pledges
    WHERE unit IS NOT NULL AND regexp_matches(year, '20\d\d')
    QUALIFY row_number() OVER (PARTITION BY unit, year_number ORDER BY export_time DESC, row_number DESC) = 1
),
years AS (
    SELECT DISTINCT year_number, make_timestamp(year_number, least(greatest(coalesce(limit_of('pledges', 'due_month', NULL), 3), 1), 12)::INTEGER, 1, 23, 59, 59)
        + INTERVAL 1 MONTH - INTERVAL 1 DAY AS otherwise
    FROM (SELECT year_number FROM said UNION ALL SELECT year(data_date())::INTEGER FROM said)
),
usual AS (SELECT year_number, mode(due_at) AS due_at FROM said GROUP BY year_number),
bound AS (
    SELECT units.name AS unit, units.branch_id, units.post, units.sort_order, year_number FROM units CROSS JOIN years
),
listed AS (
    SELECT coalesce(said.record_id, unit || '·' || year_number) AS pledge_id, unit, year_number AS year, title, coalesce(said.post, bound.post) AS post,
        coalesce(said.due_at, usual.due_at, otherwise) AS due_at, signed_at, description, signer AS signer_key,
        coalesce(said.branch_id, bound.branch_id) AS branch_id, bound.sort_order,
        said.place_text, said.building_id, said.room, said.grid_id, said.category, said.level, said.channel, file_id, sheet, row_number,
        bound.sort_order IS NOT NULL OR NOT EXISTS (FROM units) AS is_required, coalesce(signed_at <= data_date(), false) AS is_signed
    FROM bound FULL JOIN said USING (unit, year_number) JOIN years USING (year_number) LEFT JOIN usual USING (year_number)
)
SELECT pledge_id, unit, year, title, post, make_timestamp(year, 1, 1, 0, 0, 0) AS starts_at, make_timestamp(year + 1, 1, 1, 0, 0, 0) AS ends_at,
    due_at, signed_at, if(is_signed, NULL, make_timestamp(year, 1, 1, 0, 0, 0)) AS unsigned_from, description, signer_key,
    if(due_at <= data_date(), greatest(0, date_diff('day', due_at, coalesce(signed_at, data_date()))), NULL)::INTEGER AS days_late,
    category, level, channel, place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number::INTEGER AS row_number,
    is_required, is_signed, is_required AND due_at <= data_date() AS is_due,
    is_required AND due_at <= data_date() AND is_signed AND coalesce(signed_at <= due_at, false) AS is_on_time,
    is_required AND due_at <= data_date() AND NOT is_signed AS is_overdue_open
FROM listed
ORDER BY year, sort_order NULLS LAST, unit
