-- 培训、证书、花名册、参观或安全教育的编号重复
SELECT 'trainings', exam_id FROM trainings GROUP BY exam_id HAVING count(*) > 1
UNION ALL SELECT 'posts', post_id FROM posts GROUP BY post_id HAVING count(*) > 1
UNION ALL SELECT 'certificates', certificate_id FROM certificates GROUP BY certificate_id HAVING count(*) > 1
UNION ALL SELECT 'contractors', contractor_id FROM contractors GROUP BY contractor_id HAVING count(*) > 1
UNION ALL SELECT 'visits', visit_id FROM visits GROUP BY visit_id HAVING count(*) > 1
UNION ALL SELECT 'lessons', lesson_id FROM lessons GROUP BY lesson_id HAVING count(*) > 1
UNION ALL SELECT 'certificate_duties', duty_id FROM certificate_duties GROUP BY duty_id HAVING count(*) > 1
UNION ALL SELECT 'training_duties', duty_id FROM training_duties GROUP BY duty_id HAVING count(*) > 1
UNION ALL SELECT 'contractor_duties', duty_id FROM contractor_duties GROUP BY duty_id HAVING count(*) > 1
