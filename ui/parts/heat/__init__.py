"""A heatmap with its judged cells, its table and its hot spots."""
