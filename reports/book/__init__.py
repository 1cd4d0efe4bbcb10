"""The review book of the branches: its chapters as they are read, its sheets as they are checked."""
