"""What a document is before it is printed: its parts, the brief and the book made of them, the archive they are kept
in."""
