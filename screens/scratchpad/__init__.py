"""The scratch pad: its screen, and its dialogues."""
