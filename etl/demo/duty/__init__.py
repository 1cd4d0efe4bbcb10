"""Safety checks, shifts and patrols, the yearly service of the fire equipment."""
