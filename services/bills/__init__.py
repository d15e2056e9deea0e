"""Bills: finding them, making them receivables, and changing what is owed on them."""
