"""What was landed → one build: feeds, places, models, checks, accounts."""
