"""Writing a report: as pages of 80 columns, caret-delimited text, CSV and JSON, one module a format."""
