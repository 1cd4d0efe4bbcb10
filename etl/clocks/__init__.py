"""Which hours count against a limit: what the school declares, and the moment at which so many of them are used."""
