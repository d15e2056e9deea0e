"""The benchmarks: each figure with its ratio and its bar (`make bench`, `python -m bench import --quick`).

Nothing here is a test: a figure prints whether its bar is met and fails nothing. Every run is a process of
its own, so that its memory peak is its own; this process imports only the standard library, since a child
inherits its parent's peak.
"""
