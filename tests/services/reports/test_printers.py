"""Printing on the printers of the computer, with a real print service, and without one."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.errors import Refused
from services.reports import printers
from services.reports.printers import NO_ANSWER, NO_LP, known_printers
from services.reports.printing import print_to
from services.reports.sheets import PRINTED_PAGE, Paper, Print, Signed, as_text, sheets
from tests.cups import PRINTER, PrintService, print_service
from tests.pdf_text import sheets_of

SIGNED = Signed("CLERK,ONE", datetime.datetime(2012, 7, 22, 17, 37, 6, tzinfo=datetime.UTC))
PAPER = Paper(80, PRINTED_PAGE, SIGNED)
LINES = Print([f"line {number}" for number in range(1, 101)], lambda page: (f"Page {page}",), title="LIST")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintService]:
    """A print service with one printer, which the program finds as it would find the computer's own."""
    with print_service() as service:
        monkeypatch.setenv("CUPS_SERVER", service.socket)
        yield service


def test_plain_text_goes_as_it_is_a_form_feed_between_two_sheets(service: PrintService) -> None:
    assert known_printers() == (PRINTER,)
    assert print_to(PRINTER, LINES, PAPER) == f"Sent to {PRINTER}."
    assert service.printed().decode() == "".join(as_text(sheets(LINES, PAPER)))


@pytest.mark.parametrize(
    ("of", "paper"),
    [(Print(["MÜLLER"]), PAPER), (LINES, Paper(132, PRINTED_PAGE, SIGNED))],
    ids=["letters", "wide"],
)
def test_other_letters_and_wide_prints_go_as_pdf(service: PrintService, of: Print, paper: Paper) -> None:
    print_to(PRINTER, of, paper)
    assert sheets_of(service.printed()) == list(sheets(of, paper))


def test_a_printer_that_is_not_there_or_takes_nothing_is_said(service: PrintService) -> None:
    with pytest.raises(
        Refused, match=r"The printer laser-9 did not take the print; nothing was printed\. It says: "
    ):
        print_to("laser-9", LINES, PAPER)
    service.run("/usr/sbin/cupsreject", PRINTER)
    with pytest.raises(Refused, match=f"The printer {PRINTER} did not take the print; .* not accepting jobs"):
        print_to(PRINTER, LINES, PAPER)


def test_without_a_print_command_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as refused:
        known_printers()
    assert str(refused.value) == NO_LP
    with pytest.raises(Refused) as refused:
        print_to(PRINTER, LINES, PAPER)
    assert str(refused.value) == NO_LP


def command(folder: Path, name: str, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts another print command on the path."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_a_print_service_that_hangs_is_not_waited_for_without_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printers, "_TAKES_WITHIN", 0.05)
    command(tmp_path, "lp", "exec sleep 600", monkeypatch)
    with pytest.raises(Refused) as refused:
        print_to(PRINTER, LINES, PAPER)
    assert str(refused.value) == NO_ANSWER


def test_no_word_of_a_printers_name_is_taken_for_an_option(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    command(tmp_path, "lp", f'printf "%s|" "$@" > {tmp_path}/words; cat > {tmp_path}/text', monkeypatch)
    print_to("$(id); rm", LINES, PAPER)
    assert (tmp_path / "words").read_text() == "-s|-d|$(id); rm|-t|LIST|--|-|"
    assert (tmp_path / "text").read_text().startswith("Page 1\nline 1\n")
    command(tmp_path, "lpstat", r'printf "matrix\nLaser\nlaser\nevil\033[2J\n"', monkeypatch)
    assert known_printers() == ("evil\ufffd[2J", "Laser", "laser", "matrix")
