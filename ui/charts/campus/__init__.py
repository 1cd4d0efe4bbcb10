"""The campus from above: shapes and where words fit on them, then the map they are drawn on."""
