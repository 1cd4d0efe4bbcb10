"""How a question is read from a build: grouped rows, moments, cases and how long they took, the people of a place."""
