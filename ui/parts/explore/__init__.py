"""查证: the free query, data health, the definitions."""
