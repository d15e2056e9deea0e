"""A print service of a test's own: a real cupsd with a printer whose paper is a pipe that the test reads."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.patience import PATIENCE

PRINTER = "laser-2"

_SERVER = """\
Listen {0}/socket
WebInterface No
Browsing No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""

#: Where all that it writes lies; programs and data are those of the system, but for the printer.
_FILES = """\
ServerRoot {0}/root
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
TempDir {0}/temporary
DocumentRoot {0}/state
ServerBin {0}/programs
DataDir /usr/share/cups
AccessLog {0}/access_log
ErrorLog {0}/error_log
PageLog {0}/page_log
"""

_BACKEND = '#!/bin/sh\n[ $# -gt 0 ] || exit 0\nexec cat ${{6:+"$6"}} > {0}/paper\n'


@dataclass(frozen=True)
class PrintService:
    """A running cupsd with one printer."""

    folder: Path

    @property
    def socket(self) -> str:
        """What `CUPS_SERVER` has to be for it."""
        return str(self.folder / "socket")

    def printed(self) -> bytes:
        """What comes out of the printer next."""
        read = ["cat", str(self.folder / "paper")]
        return subprocess.run(read, capture_output=True, timeout=PATIENCE, check=True).stdout

    def run(self, *words: str) -> int:
        """Runs a program of the print service, and gives its status."""
        environment = {**os.environ, "CUPS_SERVER": self.socket}
        done = subprocess.run(words, env=environment, capture_output=True, timeout=PATIENCE, check=False)
        return done.returncode


@contextlib.contextmanager
def print_service() -> Iterator[PrintService]:
    """Starts one, and ends it; the test is skipped where CUPS is not installed."""
    # Debian's programs of administrators are not on everybody's path.
    path = f"{os.environ['PATH']}:/usr/sbin"
    found = {name: shutil.which(name, path=path) for name in ("cupsd", "lpadmin", "lp", "lpstat")}
    missing = [name for name, program in found.items() if program is None]
    if missing:
        pytest.skip(f"CUPS is not installed here ({', '.join(missing)})")
    # The path of a socket may not be long.
    folder = Path(tempfile.mkdtemp(prefix="cups-"))
    try:
        for name in ("root", "spool", "cache", "state", "temporary", "programs/backend"):
            (folder / name).mkdir(parents=True)
        (folder / "cupsd.conf").write_text(_SERVER.format(folder))
        (folder / "cups-files.conf").write_text(_FILES.format(folder))
        for name in ("daemon", "filter", "notifier"):
            (folder / "programs" / name).symlink_to(f"/usr/lib/cups/{name}")
        backend = folder / "programs/backend/paper"
        backend.write_text(_BACKEND.format(folder))
        backend.chmod(0o700)
        os.mkfifo(folder / "paper")
        words = [str(found["cupsd"]), "-f", "-c", f"{folder}/cupsd.conf", "-s", f"{folder}/cups-files.conf"]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                service = PrintService(folder)
                add = (str(found["lpadmin"]), "-p", PRINTER, "-E", "-v", "paper:/", "-m", "raw")
                deadline = time.monotonic() + PATIENCE
                while service.run(*add):
                    assert server.poll() is None, (folder / "error_log").read_text()
                    assert time.monotonic() < deadline, "the print service does not come up"
                yield service
            finally:
                server.terminate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
