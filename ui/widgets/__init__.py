"""What several pages are made of: charts on the screen, tables, tiles, choices of a metric."""
