"""A print on paper: cut into pages, its sheets signed; as text, as PDF, and as a file that is whole or not there."""

import datetime
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.errors import Refused
from services.reports.print_files import file_in_folder, new_file, safe_name
from services.reports.printing import PrintFile, print_to
from services.reports.render.as_page import as_page
from services.reports.render.as_pdf import write_pdf
from services.reports.sheets import PRINTED_PAGE, UNPAGED, Paper, Print, Signed, as_text, pages, sheets
from tests.pdf_text import sheets_of
from tests.services.reports.all_reports import any_report, report_functions

AT = datetime.datetime(2012, 7, 22, 17, 37, 6, tzinfo=datetime.UTC)
SIGNED = Signed("CLERK,ONE", AT)
PAPER = Paper(80, PRINTED_PAGE, SIGNED)
LINES = [f"line {number:03d} " + "x" * 100 for number in range(1, 61)]
REPORTS = report_functions()


def pdf(of: Print, paper: Paper = PAPER) -> bytes:
    """A print as PDF."""
    out = io.BytesIO()
    write_pdf(out, sheets(of, paper), paper, of.title)
    return out.getvalue()


def test_what_is_new_begins_on_a_new_page_where_little_room_is_left() -> None:
    lines = ["a1", "a2", "", "b1", "", "c1", "c2"]
    cut = list(pages(lines, 6, 80, lambda page: (f"Page {page}",), room=3))
    assert cut == [["Page 1", "a1", "a2", "", "b1"], ["Page 2", "c1", "c2"]]
    assert [line for page in pages(lines, 6, 80) for line in page] == lines


def test_pages_carry_the_heading_and_are_cut_at_the_margin() -> None:
    cut = list(pages(LINES, 21, 8, lambda page: (f"Page {page} of many",)))
    assert [page[0] for page in cut] == ["Page 1 o", "Page 2 o", "Page 3 o"]
    assert [len(page) for page in cut] == [21, 21, 21]
    assert list(pages([], 20, 80)) == []


def test_each_sheet_says_who_printed_it_when_and_which_it_is() -> None:
    cut = list(sheets(Print(LINES, lambda page: (f"AGING REPORT  Page {page}",)), PAPER))
    assert [len(sheet) for sheet in cut] == [60, 60]
    assert [sheet[0] for sheet in cut] == ["AGING REPORT  Page 1", "AGING REPORT  Page 2"]
    assert [sheet[-1] for sheet in cut] == [
        f"CLERK,ONE  JUL 22, 2012@17:37:06{f'PAGE {number}':>48}" for number in (1, 2)
    ]
    assert [line for sheet in cut for line in sheet[1:-2] if line] == [line[:80] for line in LINES]
    (unpaged,) = sheets(Print(LINES), Paper(80, UNPAGED, SIGNED))
    assert unpaged[-3:] == [LINES[-1][:80], "", cut[0][-1]]


@given(st.text(min_size=1, max_size=60), st.integers(1, 99_999), st.integers(40, 256))
def test_the_foot_has_room_on_every_paper(name: str, number: int, width: int) -> None:
    foot = Signed(name, AT).foot(number, width)
    assert len(foot) == width
    assert foot.endswith(f"PAGE {number}")
    assert "JUL 22, 2012@17:37:06" in foot


@pytest.mark.parametrize("name", REPORTS)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_pdf_says_what_the_page_says(name: str, data: st.DataObject) -> None:
    page = as_page(data.draw(any_report(REPORTS[name])))
    of = Print(list(page.lines()), page.heading("7/22/12"), 5, page.report.title)
    assert sheets_of(pdf(of)) == list(sheets(of, PAPER))


@pytest.mark.parametrize(
    ("columns", "rows"), [(40, 60), (80, 60), (132, 60), (256, 60), (1024, 60), (80, 90)]
)
def test_a_pdf_holds_every_margin_and_length(columns: int, rows: int) -> None:
    paper = Paper(columns, rows, SIGNED)
    of = Print(["".join(chr(65 + (row + at) % 26) for at in range(columns)) for row in range(100)])
    assert sheets_of(pdf(of, paper)) == list(sheets(of, paper))


def test_letters_that_the_font_does_not_have_are_replaced() -> None:
    of = Print(["MÜLLER ŁÓDŹ ½ € Ω", "\N{TAMIL LETTER A} 漢 e\N{COMBINING DIAERESIS}", "\x1b[2J"])
    (sheet,) = sheets_of(pdf(of))
    assert sheet[:3] == ["MÜLLER ŁÓDŹ ½ € Ω", "� � ë", "�[2J"]


def test_the_same_print_is_the_same_pdf_to_the_byte_and_another_time_is_not() -> None:
    of = Print(LINES, title="AGING REPORT")
    assert pdf(of) == pdf(of)
    later = Paper(80, PRINTED_PAGE, Signed("CLERK,ONE", AT + datetime.timedelta(days=1)))
    assert pdf(of, later) != pdf(of)


def test_a_long_print_is_cut_sheet_by_sheet() -> None:
    taken: list[int] = []

    def lines() -> Iterator[str]:
        for number in range(10_000):
            taken.append(number)
            yield f"line {number}"

    next(as_text(sheets(Print(lines()), PAPER)))
    assert len(taken) == PRINTED_PAGE - 2


def test_safe_names() -> None:
    assert safe_name(" ERA_10241-2010.07.txt ") == "ERA_10241-2010.07.txt"
    assert safe_name("x" * 81) is None
    assert safe_name("a\N{RIGHT-TO-LEFT OVERRIDE}b") is None
    assert safe_name("a\x1bb") is None


def put(folder: Path, name: str, text: str) -> None:
    """Prints a text into a file of the print folder."""
    with file_in_folder(folder, name) as file:
        file.write(text.encode())


def test_a_print_file_is_never_written_over_or_through_a_link(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "first")
    with pytest.raises(Refused, match="already in the print folder"):
        put(tmp_path, "a.txt", "second")
    os.symlink(tmp_path / "elsewhere", tmp_path / "link.txt")
    with pytest.raises(Refused):
        put(tmp_path, "link.txt", "x")
    with pytest.raises(Refused, match="is not a name"):
        put(tmp_path, "../a.txt", "x")
    with pytest.raises(Refused, match="could not be written"):
        put(tmp_path / "nowhere" / "prints", "a.txt", "x")
    put(tmp_path / "prints", "a.txt", "the first print of a site makes its folder")
    assert (tmp_path / "prints").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "a.txt").read_text() == "first"
    assert not (tmp_path / "elsewhere").exists()


def test_prints_never_go_where_a_link_leads_or_others_may_write(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "prints").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="is a link"):
        put(tmp_path / "prints", "a.txt", "x")
    (tmp_path / "elsewhere").chmod(0o777)
    with pytest.raises(Refused, match="Others may write"):
        put(tmp_path / "elsewhere", "a.txt", "x")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_print_that_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield from LINES
        raise ValueError("the store is gone")

    for pdf in (False, True):
        with pytest.raises(ValueError, match="the store is gone"):
            print_to(PrintFile(tmp_path, "a", pdf), Print(lines()), PAPER)
    assert list(tmp_path.iterdir()) == []
    with (
        pytest.raises(Refused, match="could not be written: No space left on device"),
        new_file(tmp_path / "b"),
    ):
        raise OSError(28, os.strerror(28))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("pdf", [False, True])
def test_a_print_belongs_to_its_owner_alone(tmp_path: Path, pdf: bool) -> None:
    said = print_to(PrintFile(tmp_path, "a", pdf), Print(LINES), PAPER)
    assert said == "Printed to a in the site's print folder."
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
