"""One module a section of the brief: `section(request) -> Section`. What is missing raises failures.Unknown."""
