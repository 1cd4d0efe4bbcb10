"""Chapters of the review book, one module each; every part is computed by itself, and one that cannot be says why."""
