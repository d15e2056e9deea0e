"""The program as a script runs it, with a data folder of its own: as a process, or fast in this one."""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from lockbox_tui.__main__ import main
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """`lockbox` with this data folder and nothing else of whoever runs the tests."""

    home: Path

    def run(self, *words: str | Path, **environment: str) -> Ran:
        """Runs one command in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "lockbox_tui", *map(str, words)],
            cwd=ROOT,
            env=self._environment(environment),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def call(self, *words: str | Path) -> Ran:
        """Runs one command in this process, which spares its start."""
        out, err = io.StringIO(), io.StringIO()
        with (
            patch.dict(os.environ, self._environment({}), clear=True),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            status = main([str(word) for word in words])
        return Ran(status, out.getvalue(), err.getvalue())

    def json(self, *words: str | Path, status: int = 0) -> Any:
        """Calls one command with `--json`, which has to end so, and gives its document."""
        ran = self.call(*words, "--json")
        assert ran.status == status, ran
        assert ran.err == "", ran
        return ran.json

    def modules_after(self, *words: str) -> set[str]:
        """The top-level modules that a command had imported when it ended."""
        code = (
            "import sys; from lockbox_tui.__main__ import main; status = main(sys.argv[1:]); "
            "sys.stdout.flush(); print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=ROOT,
            env=self._environment({}),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return set(done.stderr.split())

    @property
    def data(self) -> Path:
        """Where the program keeps what it makes."""
        return self.home / "lockbox"

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {**kept, "XDG_DATA_HOME": str(self.home), **more}
