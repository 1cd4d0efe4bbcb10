"""The campus that is drawn: its buildings and days, what happens how often, how people write it down."""
