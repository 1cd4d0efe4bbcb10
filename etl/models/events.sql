-- events: campaigns, exams, move-in: drawn as flags on charts. One day when no end is given.
SELECT event.event_id, event.name, event.kind, event.from_day, coalesce(event.to_day, event.from_day) AS to_day,
       buildings.building_id
FROM feed_events AS event
LEFT JOIN buildings ON buildings.building_id = event.building_id
ORDER BY event.from_day, event.event_id
