"""The terminal: the Textual app, its driver, its keys, and its painting line by line."""
