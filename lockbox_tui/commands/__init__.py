"""The commands, one module a subject; each function takes a `Call` and gives an `Answer`."""
