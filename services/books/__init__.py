"""The books: the journal of balanced entries, and the documents for finance."""
