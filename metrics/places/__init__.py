"""Where cases cluster, come again, and what one building is like."""
