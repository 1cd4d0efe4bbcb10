"""Did a campaign change what it wanted to change? Effect, variation of itself, words."""
