"""What comes in: files told apart, filed set by set, and judged."""
