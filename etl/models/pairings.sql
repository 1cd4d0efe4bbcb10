-- pairings: one row per branch and partner, its newest writing, with what was done together up to the data date.
-- This term: the term the data date lies in, in a vacation the one before it.
WITH this_term AS (
    SELECT min(day) AS first_day FROM calendar
    WHERE term_id = (SELECT max_by(term_id, day) FROM calendar WHERE term_id IS NOT NULL AND day <= data_date()::DATE)
),
paired AS (
    SELECT *, replace(partner, ' ', '') AS partner_word FROM feed_pairings
    QUALIFY row_number() OVER (PARTITION BY coalesce(branch_id, record_id), replace(partner, ' ', '') ORDER BY export_time DESC, row_number DESC) = 1
),
done AS (
    SELECT branch_id, replace(partner, ' ', '') AS partner_word, count(*) AS actions, max(held_at) AS last_action_at,
        count(*) FILTER (held_at >= (SELECT first_day FROM this_term)) AS actions_this_term
    FROM joint_actions WHERE is_action GROUP BY ALL
)
SELECT record_id AS pairing_id, partner, signed_at, ends_at, contact AS contact_key, description,
    last_action_at, coalesce(actions, 0)::INTEGER AS actions, coalesce(actions_this_term, 0)::INTEGER AS actions_this_term,
    category, level, channel, unit, place_text, building_id, room, grid_id, branch_id, file_id, sheet, row_number::INTEGER AS row_number,
    signed_at <= data_date() AS is_pairing,
    signed_at <= data_date() AND coalesce(ends_at > data_date(), true) AS is_active,
    signed_at <= data_date() AND coalesce(ends_at > data_date(), true) AND coalesce(actions_this_term, 0) = 0 AS is_idle_this_term
FROM paired LEFT JOIN done USING (branch_id, partner_word)
ORDER BY pairing_id
