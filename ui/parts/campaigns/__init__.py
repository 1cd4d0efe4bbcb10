"""干预评估: one campaign as a card, and all of them."""
