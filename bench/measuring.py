"""Measuring: runs of a job in processes of their own, their medians, and how a figure is printed."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]

#: `ru_maxrss` is in kilobytes, on macOS in bytes.
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds of the measured stretch, megabytes of the whole process, and what the job told."""

    wall: float
    cpu: float
    peak: float
    told: dict[str, float]


def run(job: str, *arguments: object) -> Run:
    """Runs `module:function` of `bench.jobs` in a process of its own.

    Raises `CalledProcessError` when it fails; its standard error is the terminal's.
    """
    words = [sys.executable, "-m", "bench.jobs", job, *map(str, arguments)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    told: dict[str, float] = json.loads(said)
    peak = told.pop("peak", usage.ru_maxrss * _PEAK_UNIT / _MEGABYTE)
    return Run(told.pop("wall"), told.pop("cpu"), peak, told)


@dataclass(frozen=True, slots=True)
class Runs:
    """Several runs of one job, told by their medians."""

    runs: Sequence[Run]

    @property
    def wall(self) -> float:
        """Seconds on the clock on the wall."""
        return median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """Seconds of processor, user and system."""
        return median(run.cpu for run in self.runs)

    @property
    def peak(self) -> float:
        """The most megabytes that any run held."""
        return max(run.peak for run in self.runs)

    def told(self, name: str) -> float:
        """What the job told under a name."""
        return median(run.told[name] for run in self.runs)


def side_by_side(times: int, *jobs: Sequence[object]) -> list[Runs]:
    """Runs each job so many times, in turns, so that a busy machine slows all of them alike."""
    rounds = [[run(str(job), *arguments) for job, *arguments in jobs] for _ in range(times)]
    return [Runs(of_one) for of_one in zip(*rounds, strict=True)]


def ratio(of: Runs, to: Runs) -> float:
    """How many times the processor time of `to` a job took: the median over the rounds."""
    return median(mine.cpu / other.cpu for mine, other in zip(of.runs, to.runs, strict=True))


def heading(text: str) -> None:
    """Prints what the next lines are about."""
    print(f"\n{text}", flush=True)


def line(what: str, runs: Runs, rest: str = "") -> None:
    """Prints the medians of a job."""
    seconds = f"{runs.cpu:8.3f} s CPU {runs.wall:8.3f} s wall {runs.peak:6.0f} MB"
    print(f"  {what:<46}{seconds}   {rest}".rstrip(), flush=True)


def bar(what: str, value: float, most: float, unit: str) -> None:
    """Prints a figure beside its bar, and whether it is met."""
    met = "met" if value <= most else "NOT MET"
    print(f"  {what:<46}{value:8.2f} {unit:<10} bar {most:g}: {met}", flush=True)
