"""Receipts: created from the scratch pad, edited, processed, taken back and shown."""
