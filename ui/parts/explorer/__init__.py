"""探索: any metric by two dimensions, two sides, saved views."""
