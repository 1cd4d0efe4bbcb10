"""督办: the list of assignments, one assignment, its form, Excel."""
