"""What every page stands in: title, freshness, filters, address, words and states."""
