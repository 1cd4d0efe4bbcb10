-- posts: one row per person in a post, with what the post asks for. ended_at is the first moment after the last day.
-- Who has no beginning began when the roster first named him.
WITH first_seen AS (SELECT record_id, min(export_time) AS seen_at FROM states_posts GROUP BY record_id),
dated AS (
    SELECT post.*, coalesce(begin_on::TIMESTAMP, date_trunc('day', seen_at)) AS began, end_on + INTERVAL 1 DAY AS ended_at,
        coalesce(post.person_number, known.person_number, post.person) AS person_key
    FROM feed_posts AS post LEFT JOIN first_seen USING (record_id) LEFT JOIN person_numbers AS known USING (person)
)
SELECT record_id AS post_id, category, NULL::VARCHAR AS level, NULL::VARCHAR AS channel, unit, person_key, certificate, items,
    place_text, building_id, room, grid_id, branch_id, began AS begin_on, end_on, ended_at, description,
    file_id, sheet, row_number::INTEGER AS row_number,
    coalesce(began <= data_date(), false) AS is_post,
    coalesce(began <= data_date(), false) AND coalesce(ended_at > data_date(), true) AS is_in_post,
    certificate IS NOT NULL AS needs_certificate, items IS NOT NULL AS needs_exam
FROM dated
ORDER BY post_id
