"""The forms of a document: Word, slides, PDF and Excel, drawn from its content and from nothing else."""
