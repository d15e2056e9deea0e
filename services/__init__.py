"""The rules, in rooms named after the trade; they are reachable without a terminal."""
