-- person_numbers: names (keyed) that belong to one staff number only, so that a list without numbers still finds its people.
SELECT person, min(person_number) AS person_number
FROM (SELECT person, person_number FROM feed_posts UNION ALL SELECT person, person_number FROM feed_certificates
      UNION ALL SELECT person, person_number FROM feed_trainings)
WHERE person IS NOT NULL AND person_number IS NOT NULL
GROUP BY person HAVING count(DISTINCT person_number) = 1
ORDER BY person
