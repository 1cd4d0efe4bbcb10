"""One folder for each thing a page is made of."""
