"""What the branches promise, do and are honoured for, with whom, and what units owe."""
