"""The few things of a week that are not noise: searched in families, corrected for every look, worded."""
