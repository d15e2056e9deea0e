"""Reports: what a list or a print says, as data, one module a subject, what writes it in each format, and prints."""
