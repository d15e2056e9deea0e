"""The formats of files that come in, one module each: how it is told, filed and judged, and its declaration."""
