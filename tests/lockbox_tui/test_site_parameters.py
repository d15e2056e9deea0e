"""Setting a site up and changing its parameters: what fits is taken, everything else is said and changes nothing."""

from pathlib import Path

import pytest

from tests import given
from tests.lockbox_tui.program import Program


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program whose site is set up."""
    program = Program(tmp_path_factory.mktemp("home"))
    program.json("init", "--station", "442", "--name", "DEMO")
    return program


@pytest.mark.parametrize(
    ("typed", "station"), [("442", "442"), (" 442 ", "442"), ("442a", "442A"), ("528A8", "528A8")]
)
def test_a_station_is_three_digits_with_a_suffix_of_its_division(
    tmp_path: Path, typed: str, station: str
) -> None:
    program = Program(tmp_path)
    assert program.json("init", "--station", typed, "--name", "DEMO")["station"] == station
    assert program.json("site")["station"] == station


@pytest.mark.parametrize(
    "typed", ["", "abc", "44", "A42", "442-1", "442 A", "442ABCDE", "44\uff12", "*42", "4~2"]
)
@pytest.mark.parametrize("command", ["init", "generate"])
def test_no_other_station_is_taken(tmp_path: Path, typed: str, command: str) -> None:
    program = Program(tmp_path)
    words = {"init": ("--name", "DEMO"), "generate": ("--claims", "1", "--into", tmp_path / "day")}[command]
    refused = program.json(command, f"--station={typed}", *words, status=1)
    assert refused == {
        "refused": "A STATION NUMBER IS THREE DIGITS, WITH UP TO FOUR LETTERS OR DIGITS MORE "
        "FOR A DIVISION: 442, 528A8"
    }
    assert not (tmp_path / "day").exists()
    assert not (program.data / "lockbox.sqlite3").exists()


def test_a_second_init_names_the_site_that_is_there(program: Program) -> None:
    for words in (("--station", "442", "--name", "DEMO"), ("--station", "500", "--name", "OTHER")):
        said = f"THIS STORE HAS A SITE ALREADY: STATION 442, {program.json('site')['name']}"
        assert program.json("init", *words, status=1) == {"refused": said}


NO_ZONE = "THERE IS NO TIME ZONE {}; ONE IS CALLED America/Chicago"
PARAMETERS = (
    "THE PARAMETERS ARE name, time-zone, finance-adapter, wait-for-277ca, match-window, lock-wait, test-files "
    "AND auto-audit RATE TYPE"
)
RATE_TYPES = "THE RATE TYPES ARE REIMBURSABLE INS., "


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("name", " "), "A SITE NEEDS A NAME"),
        (("name", "x" * 61), "A SITE'S NAME HAS AT MOST 60 CHARACTERS"),
        (("time-zone", ""), NO_ZONE.format("(NONE GIVEN)")),
        (("time-zone", "Mars"), NO_ZONE.format("Mars")),
        (("time-zone", "America"), NO_ZONE.format("America")),
        (("time-zone", "../../etc/passwd"), NO_ZONE.format("../../etc/passwd")),
        (("time-zone", "America/Chicago", "UTC"), PARAMETERS),
        (("finance-adapter", "none"), "FINANCE-ADAPTER IS journal OR spool"),
        (("finance-adapter", "spool"), "THE SPOOL ADAPTER IS NOT IN THIS RELEASE"),
        (("wait-for-277ca", "maybe"), "ANSWER YES OR NO"),
        (("auto-audit", "YES"), RATE_TYPES),
        (("auto-audit", "NONSENSE", "YES"), RATE_TYPES),
        (("auto-audit", "T", "YES"), "T MAY BE TORT FEASOR, TRICARE REIMB. INS."),
        (("auto-audit", "TORT", "perhaps"), "ANSWER YES OR NO"),
        (("auto-audit", "MEDICARE", "YES"), "MEDICARE BILLS ARE NEVER AUDITED WITHOUT A PERSON"),
        (("lock-wait", "2"), "LOCK-WAIT IS A NUMBER OF SECONDS FROM 3 TO 600"),
        (("lock-wait", "601"), "LOCK-WAIT IS A NUMBER OF SECONDS FROM 3 TO 600"),
        (("lock-wait", "long"), "LOCK-WAIT IS A NUMBER OF SECONDS FROM 3 TO 600"),
        (("station", "500"), PARAMETERS),
        (("colour", "blue"), PARAMETERS),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_a_value_that_does_not_fit_is_refused_and_changes_nothing(
    program: Program, words: tuple[str, ...], said: str
) -> None:
    before = program.json("site")
    refused = program.json("site", *words, status=1)["refused"]
    assert refused == said or (said == RATE_TYPES and refused.startswith(said))
    assert program.json("site") == before


def test_what_fits_is_taken(program: Program) -> None:
    assert program.json("site", "name", "DEMO", "MEDICAL", "CENTER")["name"] == "DEMO MEDICAL CENTER"
    assert program.json("site", "name", "A\x1b[2JB")["name"] == "A\ufffd[2JB"
    assert program.json("site", "name", "DEMO")["name"] == "DEMO"
    assert program.json("site", "auto-audit", "TORT", "FEASOR", "YES")["auto_audit"]["TORT FEASOR"] is True
    assert program.json("site", "auto-audit reimb", "y")["auto_audit"]["REIMBURSABLE INS."] is True
    assert program.json("site", "Time_Zone", "America/Chicago")["time_zone"] == "America/Chicago"
    assert program.json("site", "lock-wait", "45")["lock_wait"] == 45
    assert program.json("site", "lock-wait") == {"lock-wait": "45"}


def test_the_night_job_takes_no_date_that_must_be_a_slip(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO", "--auto-audit")
    made = program.json("generate", "--claims", "3", "--date", "2025-06-02", "--into", tmp_path / "day")
    too_early = {"refused": "THE DATE OF THE NIGHT JOB MAY NOT BE BEFORE 01/01/2000"}
    assert program.json("nightly", "--date", "1900-01-01", status=1) == too_early
    assert program.json("nightly", "--date", "2010-01-01")["deposits_recorded"] == 0
    program.json("import", *made["files"])
    deposit = program.json("eft", "list")[0]
    said = program.json("nightly", "--date", "2025-05-01", status=1)["refused"]
    assert said.startswith("THE DATE OF THE NIGHT JOB MAY NOT BE MORE THAN 10 DAYS BEFORE THE FIRST DEPOSIT ")
    assert f"{deposit['deposit']} OF " in said
    assert program.json("eft", "show", "1")["document"] is None
    done = program.json("nightly", "--date", "2025-06-02")
    assert (done["date"], done["deposits_recorded"]) == ("2025-06-02", 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            (),
            'stays NEW BILL and takes no payment until auto-audit of its rate type is switched on (lockbox site "',
        ),
        (
            ("--auto-audit",),
            "becomes ACTIVE when its claim is imported; MEDICAID and MEDICARE bills stay NEW BILL.",
        ),
    ],
)
def test_init_says_how_the_site_decides_that_a_bill_becomes_active(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    program = Program(tmp_path)
    made = program.call("init", "--station", "442", "--name", "DEMO", *words)
    assert made.status == 0 and said in made.out


def test_a_live_site_says_since_when(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.json("init", "--station", "442", "--name", "DEMO")
    claims = tmp_path / "claims.837"
    claims.write_bytes(given.claims_file({"K9": 100}).replace(b"*0*T*:", b"*0*P*:"))
    program.json("import", claims)
    assert program.json("site")["live_since"] is not None
    changed, shown = program.call("site", "test-files", "YES"), program.call("site")
    assert (changed.status, changed.err, shown.status, shown.err) == (0, "", 0, "")
    assert "live since" in shown.out.lower()
