"""What the benchmarks run, each in a process of its own; a job returns the seconds of its measured stretch."""
