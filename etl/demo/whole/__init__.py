"""The whole demonstration: every source drawn, written and told in truth.toml."""
