"""Reports: what a list or a print says, as data, one module a subject, and what writes it in each format."""
