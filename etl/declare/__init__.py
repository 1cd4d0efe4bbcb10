"""Declared sources: TOML files → checked, frozen Source objects; their docs and empty workbooks."""
