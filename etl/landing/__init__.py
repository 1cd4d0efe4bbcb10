"""Every file once, by the hash of its content: read, protected, typed and kept."""
