"""Incidents of safety and security, and the fraud among them."""
