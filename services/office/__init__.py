"""Who works, when, under which key and lease, and what is written down of it."""
