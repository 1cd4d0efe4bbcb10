"""What must be done and what must never happen: cadences, streaks, red lines, visits, assignments."""
