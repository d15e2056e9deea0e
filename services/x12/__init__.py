"""Readers and writers of X12 files; they know no store."""
