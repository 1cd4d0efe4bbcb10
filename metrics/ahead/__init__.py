"""What the next week will bring, as far as calendar, deadlines and past years tell."""
