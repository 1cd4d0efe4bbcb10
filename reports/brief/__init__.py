"""The weekly brief: what a week is asked for, its sections, and the assignments they look back on and propose."""
