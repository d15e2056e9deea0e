"""Actions: the table, what names them, and what the lint finds."""

import pytest

from screens.list_manager.actions import Action, After, find_named
from screens.list_manager.lists import hidden
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.frame import point_at
from screens.list_manager.lists.hidden import Hidden, listing
from screens.list_manager.lists.list_actions import ListAction, action_rows, lint, split_typed
from screens.list_manager.lists.template import Template

SCRATCH_PAD = Template("EEOB Worklist/Scratch Pad", 6, 17, "EEOB Line")


async def nothing(state: None, call: Call) -> After:
    return After.REPAINT


def action(name: str, synonym: str = "") -> ListAction[None]:
    return Action(name, synonym, run=nothing, help="Does nothing.")


ACTIONS = (
    action("Split/Edit A Line"), action("Distribute Adj Amts"), action("Refresh Scratch Pad"),
    action("Research Menu"), action("Look At Receipt"), action("Review Line"), action("Batch Maintenance"),
    action("Verify"), action("View/Print EEOB", "EOB"), action("View/Print ERA", "ERA"), action("Exit"),
)  # fmt: skip


def names(words: str) -> list[str]:
    return [found.name for found in find_named(ACTIONS, words)]


def test_the_table_is_filled_down_its_columns() -> None:
    assert action_rows(SCRATCH_PAD, ACTIONS, lambda _: None) == [
        "    Split/Edit A Line         Look At Receipt       EOB View/Print EEOB",
        "    Distribute Adj Amts       Review Line           ERA View/Print ERA",
        "    Refresh Scratch Pad       Batch Maintenance         Exit",
        "    Research Menu             Verify",
    ]


def test_blanks_take_a_place_and_marks_become_blanks() -> None:
    actions = (action("Re-establish Bill"), None, action("Auto-Display(On/Off)"), action("Exit"))
    rows = action_rows(SCRATCH_PAD, actions, lambda a: "no" if a.name == "Exit" else None)
    assert (
        rows
        == [
            "    Re establish Bill         Auto Display(On/Off)",
            "                              (Exit)",
        ][: len(rows)]
    )


def test_what_names_an_action() -> None:
    assert names("eob") == ["View/Print EEOB"]
    assert names("E") == ["View/Print EEOB", "View/Print ERA", "Exit"]
    assert names("ex") == ["Exit"]
    assert names("re") == ["Refresh Scratch Pad", "Research Menu", "Review Line"]
    assert names("view/print era") == ["View/Print ERA"]
    assert names("xyz") == names("-") == names("") == []


def test_an_exact_mnemonic_wins_over_longer_names() -> None:
    actions = (action("Exit", "EX"), action("Expand Benefits"))
    assert [found.name for found in find_named(actions, "ex")] == ["Exit"]
    assert [found.name for found in find_named(actions, "exp")] == ["Expand Benefits"]
    assert len(find_named((action("215 Report", "21"), action("Process")), "2")) == 1


def test_entries_ride_along() -> None:
    assert (split_typed("SP=2-5,7").words, split_typed("SP=2-5,7").argument) == ("SP", "2-5,7")
    assert (split_typed(">=>").words, split_typed(">=>").argument) == (">", ">")


def test_hidden_actions_answer_to_the_full_mnemonic_only() -> None:
    assert hidden.find_hidden("fs") is Hidden.FIRST
    assert hidden.find_hidden("NEXT") is Hidden.NEXT
    assert hidden.find_hidden("quit") is Hidden.QUIT
    assert hidden.find_hidden("F") is None
    assert hidden.find_hidden("First Screen") is None


def test_the_hidden_actions_as_they_are_listed() -> None:
    assert listing()[:6] == [
        "The following actions are also available:",
        "+    Next Screen          <    Shift View to Left   PS   Print Screen",
        "-    Previous Screen      FS   First Screen         PL   Print List",
        "UP   Up a Line            LS   Last Screen          SL   Search List",
        "DN   Down a Line          GO   Go to Page           ADPL Auto Display(On/Off)",
        ">    Shift View to Right  RD   Re Display Screen    Q    Quit",
    ]


def test_the_keys_that_are_taken_too_are_named_behind_them() -> None:
    told = " ".join(listing()[6:])
    for key in ("Up, Down", "PgUp, PgDn", "/ searches", "F1", "SPACE RETURN", "a number"):
        assert key in told
    assert all(len(line) < 80 for line in listing())


def test_the_lint_finds_what_does_not_fit() -> None:
    assert lint(SCRATCH_PAD, ACTIONS) == []
    doubled = lint(SCRATCH_PAD, (action("Exit"), action("exit"), action("Look", "LOOK")))
    assert any("are both called exit" in problem for problem in doubled)
    assert any("LOOK does not fit" in problem for problem in doubled)
    assert lint(SCRATCH_PAD, (Action("Exit", run=nothing),)) == [
        "EEOB Worklist/Scratch Pad: Exit needs a help sentence"
    ]
    full = Template("Bill Charges", 5, 17, "Charge")
    assert any(
        "do not fit 24 rows" in problem
        for problem in lint(full, [action(f"Action {n:c}") for n in range(65, 83)])
    )
    assert any(
        "does not fit 26 columns" in problem
        for problem in lint(SCRATCH_PAD, (action("A very long name of an action"),))
    )


@pytest.mark.parametrize(
    ("line", "left", "pointed"),
    [
        ("1   -10241       NWM1", 0, "1>  -10241       NWM1"),
        ("1000-10241       NWM1", 0, "1000-10241>      NWM1"),
        (" 1.001     K20A001", 0, ">1.001     K20A001"),
        ("1   -10241       NWM1", 10, "1   -10241>      NWM1"),
        ("12", 0, "12>"),
        ("", 0, ">"),
    ],
)
def test_the_marker_points_in_column_1_or_in_the_first_blank(line: str, left: int, pointed: str) -> None:
    assert point_at(line, left).rstrip() == pointed
