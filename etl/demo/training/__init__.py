"""Posts and their certificates and examinations, guards of contractors, visits and lessons."""
