"""Buildings, map, duty, incidents, services, surveys, drills."""
