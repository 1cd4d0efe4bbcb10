"""One number against another: weeks, earlier spans, what was expected, what a change is made of."""
