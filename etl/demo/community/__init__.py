"""What the grids do and what climbs from level to level: visits, campaigns, transfers, disputes."""
