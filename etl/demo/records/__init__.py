"""Tickets, hazards and drills: drawn as they truly are, then exported as their systems know them."""
