"""How long a test waits for what has to come.

Far longer than any busy machine needs: it is no measure of speed (the benchmarks measure that), and only
keeps a program that hangs from holding up the tests for ever.
"""

PATIENCE = 900.0
