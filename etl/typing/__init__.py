"""The text of a cell → a typed value, a caution or a reject with its place and remedy."""
