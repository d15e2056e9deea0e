"""The scratch pad: its arithmetic, its rows in the store, its acts and what it shows."""
