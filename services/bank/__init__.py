"""Readers and writers of a bank's files; they know no store."""
