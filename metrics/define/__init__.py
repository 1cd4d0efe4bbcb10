"""What a number is: the catalogue, the clean tables, how numbers read in Chinese, and what can be asked wrongly."""
