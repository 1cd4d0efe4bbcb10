"""Child processes with bounds: whatever parses a stranger's file does it here."""
