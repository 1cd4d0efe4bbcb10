"""python -m etl: the commands, their tables and bars, and what a failure looks like to a person."""
