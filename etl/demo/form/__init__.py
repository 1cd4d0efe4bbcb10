"""What the demonstration is written with: columns of drawn values, books of rows, what is true about them."""
