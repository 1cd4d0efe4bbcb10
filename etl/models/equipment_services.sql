-- equipment_services: one row per visit of whoever maintains the fire equipment. Dated after the data date it is a plan.
SELECT record_id AS service_id, category, level, channel, unit, description, company,
    place_text, building_id, room, grid_id, branch_id, serviced_at::TIMESTAMP AS serviced_at,
    devices::INTEGER AS devices, faults::INTEGER AS faults, replaced::INTEGER AS replaced,
    file_id, sheet, row_number::INTEGER AS row_number,
    serviced_at <= data_date() AS is_service,
    serviced_at <= data_date() AND coalesce(faults > 0, false) AS is_faulty
FROM feed_equipment_services
ORDER BY service_id
