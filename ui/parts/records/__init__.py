"""Records: the list, its controls, one record's card and history."""
