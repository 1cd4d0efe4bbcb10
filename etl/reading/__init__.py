"""How each kind of file becomes rows of text: one module per kind, one for what a sheet's layout means."""
