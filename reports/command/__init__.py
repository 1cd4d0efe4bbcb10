"""python -m reports: computing apart, printing, task definitions, the message to the group."""
