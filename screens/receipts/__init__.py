"""Receipts: the preview, creating, the profile, editing payments and processing."""
