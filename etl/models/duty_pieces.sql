-- duty_pieces: who must have what, cut where it changes. From taking a duty up to laying it down exactly one piece stands at each
-- moment: from the start, or the beginning of a proof, to the beginning of the next one. due_at is when every proof so far has run
-- out (NULL: never); before the first proof it is the piece's own beginning, and so it is not proven.
-- Nothing is asked before a single proof of its kind was ever exported: then nothing is known, which is not nought.
WITH items AS (SELECT DISTINCT unnest(string_split(items, '、')) AS item FROM posts WHERE needs_exam),
meant AS (
    SELECT item, coalesce(max_by(known.category, length(known.category)), item) AS wanted
    FROM items LEFT JOIN (SELECT DISTINCT category FROM trainings) AS known ON contains(item, known.category)
    GROUP BY item
),
asked AS (SELECT post_id, unnest(string_split(items, '、')) AS item FROM posts WHERE needs_exam),
demands AS (
    SELECT 'certificate' AS kind, post_id AS demand_id, post_id AS owner_id, person_key AS holder, certificate AS wanted, begin_on AS begin_at, ended_at
    FROM posts WHERE is_post AND needs_certificate
    UNION ALL
    SELECT DISTINCT 'exam', post_id || '·' || wanted, post_id, person_key, wanted, begin_on, ended_at
    FROM posts JOIN asked USING (post_id) JOIN meant USING (item) WHERE is_post
    UNION ALL
    SELECT kind, contractor_id || '·' || wanted, contractor_id, contractor_id, wanted, joined_on, gone_at
    FROM contractors CROSS JOIN (VALUES ('induction', '岗前培训'), ('guard', '保安员证')) AS asks(kind, wanted) WHERE is_contractor
),
proofs AS (
    SELECT 'certificate' AS kind, person_key AS holder, category AS wanted, certificate_id AS proof_id, issued_on AS from_at, expires_at AS until_at
    FROM certificates WHERE is_certificate
    UNION ALL
    SELECT 'exam', person_key, category, exam_id, examined_at,
        examined_at + to_days(coalesce(limit_of('trainings', 'valid_days', NULL), 365)::INTEGER) FROM trainings WHERE is_examined
    UNION ALL
    SELECT 'induction', contractor_id, '岗前培训', contractor_id, trained_on, NULL FROM contractors WHERE trained_on <= data_date()
    UNION ALL
    SELECT 'guard', contractor_id, '保安员证', contractor_id, certified_on, NULL FROM contractors WHERE certified_on <= data_date()
),
cuts AS (
    SELECT kind, demand_id, owner_id, wanted, NULL AS proof_id, begin_at, NULL AS from_at, ended_at, begin_at AS until_at
    FROM demands WHERE kind IN (SELECT kind FROM proofs)
    UNION ALL
    SELECT kind, demand_id, owner_id, wanted, proof_id, greatest(begin_at, from_at), from_at, ended_at, coalesce(until_at, TIMESTAMP '9999-01-01')
    FROM demands JOIN proofs USING (kind, holder, wanted)
)
SELECT kind, owner_id, demand_id || '-' || strftime(begin_at, '%Y%m%d%H%M%S') AS piece_id, wanted, arg_max(proof_id, until_at) OVER so_far AS proof_id,
    begin_at, least(lead(begin_at) OVER w, ended_at) AS end_at, nullif(max(until_at) OVER so_far, TIMESTAMP '9999-01-01') AS due_at
FROM cuts
WHERE ended_at IS NULL OR begin_at < ended_at
WINDOW w AS (PARTITION BY kind, demand_id ORDER BY begin_at, from_at NULLS FIRST, proof_id),
    so_far AS (PARTITION BY kind, demand_id ORDER BY begin_at, from_at NULLS FIRST, proof_id ROWS UNBOUNDED PRECEDING)
QUALIFY lead(begin_at) OVER w IS DISTINCT FROM begin_at
ORDER BY kind, piece_id
