"""A list on the screen: what it shows, moving about in it, and doing its actions."""
