-- 提问编号重复
SELECT question_id, count(*) FROM questions GROUP BY question_id HAVING count(*) > 1 OR question_id IS NULL
