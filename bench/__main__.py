"""`python -m bench [FIGURE…] [--quick] [--runs N]`: prints the figures, each with its ratio and bar."""

import argparse
import os
import platform
from dataclasses import replace

from bench.figures import FIGURES, QUICK, Size


def main() -> None:
    """Reads the command line and prints the figures asked for, all of them without a name."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measures Lockbox: processor seconds, wall, memory peaks."
    )
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(FIGURES))
    parser.add_argument("--quick", action="store_true", help="small sizes, one run")
    parser.add_argument("--runs", type=int, help="runs of each job (3)")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.figures if name not in FIGURES]
    if unknown:
        parser.error(f"there is no figure {unknown[0]}; there are {', '.join(FIGURES)}")
    size = QUICK if arguments.quick else Size()
    if arguments.runs:
        size = replace(size, runs=max(1, arguments.runs))
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f};"
        f" medians of {size.runs} runs, peaks the highest"
    )
    for name in arguments.figures or FIGURES:
        FIGURES[name](size)


if __name__ == "__main__":
    main()
