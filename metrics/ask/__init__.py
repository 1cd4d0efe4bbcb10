"""Asking a build: what is narrowed, over which days, and how it becomes one SQL statement."""
