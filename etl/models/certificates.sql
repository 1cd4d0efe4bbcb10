-- certificates: one row per certificate. expires_at is the first moment it is no longer in force: the day after its last one, or its
-- revocation; a certificate called void or expired without such a day ended when an export first said so. No end means for life only where
-- that is usual for its kind; of another kind it proves nothing until the day is filled in.
WITH ended AS (
    SELECT record_id, min(export_time) AS seen_at FROM states_certificates WHERE status IN ('void', 'expired') GROUP BY record_id
),
for_life AS (SELECT category FROM feed_certificates GROUP BY category HAVING count(valid_until) * 2 < count(*)),
dated AS (
    SELECT held.*, coalesce(held.person_number, known.person_number, held.person) AS person_key,
        least(valid_until + INTERVAL 1 DAY, revoked_on::TIMESTAMP, CASE WHEN valid_until IS NULL AND category NOT IN (FROM for_life) THEN valid_from::TIMESTAMP END,
              CASE WHEN status IN ('void', 'expired') AND revoked_on IS NULL THEN seen_at END) AS expires_at
    FROM feed_certificates AS held LEFT JOIN ended USING (record_id) LEFT JOIN person_numbers AS known USING (person)
),
reused AS (SELECT number FROM dated WHERE number IS NOT NULL GROUP BY number HAVING count(DISTINCT person_key) > 1),
judged AS (
    SELECT *, valid_from <= data_date() AS is_certificate, coalesce(expires_at > data_date(), true) AS is_in_force FROM dated
)
SELECT record_id AS certificate_id, category, level, NULL::VARCHAR AS channel, unit, person_key, number AS number_key, issuer,
    place_text, building_id, room, grid_id, branch_id, valid_from::TIMESTAMP AS issued_on, valid_until AS ends_on, expires_at,
    coalesce(status_text, status) AS status_text, description, file_id, sheet, row_number::INTEGER AS row_number,
    is_certificate, is_certificate AND is_in_force AS is_valid, is_certificate AND NOT is_in_force AS is_expired,
    coalesce(revoked_on <= data_date()::DATE, status = 'void', false) AS is_revoked, valid_until IS NOT NULL AS has_end, number IS NOT NULL AND number IN (FROM reused) AS is_number_reused
FROM judged
ORDER BY certificate_id
