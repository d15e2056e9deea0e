"""Writing a report: as pages of 80 columns, caret-delimited text, CSV, JSON and PDF, one module a format."""
