"""Documents: what the weekly brief says, and how it is printed. One content object; every form is drawn from it."""
