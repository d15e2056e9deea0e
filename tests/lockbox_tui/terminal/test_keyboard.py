"""Keys as terminals send them, whole or cut by the network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockbox_tui.terminal.keyboard import Keyboard

SEQUENCES = {
    "\x1b[A": "up", "\x1b[1;2B": "down", "\x1bOC": "right", "\x1b[D": "left", "\x1b[5~": "pageup",
    "\x1b[6~": "pagedown", "\x1b[H": "home", "\x1bOH": "home", "\x1b[1~": "home", "\x1b[F": "end",
    "\x1b[4~": "end", "\x1bOP": "f1", "\x1b[11~": "f1", "\x1b[28~": "f1", "\x1bOM": "enter", "\x1bOq": "1",
    "\x1bOm": "-", "\x1bOn": ".", "\r": "enter", "\n": "enter", "\x7f": "backspace", "\x08": "backspace",
    "\x03": "ctrl+c", "\x15": "ctrl+u", "\x0c": "ctrl+l", "\x1b[3~": "delete", "x": "x", "é": "é", "^": "^",
}  # fmt: skip
REPORTS = (
    "\x1b[I", "\x1b[?2026;2$y", "\x1b[24;80R", "\x1b[27;5;13~", "\x1b]11;rgb:0/0/0\x07", "\x1b[<0;1;1M",
    "\x1b[200~", "\x1bP1$r0m\x1b\\",
)  # fmt: skip


@pytest.mark.parametrize(("sent", "name"), SEQUENCES.items())
def test_each_key_has_its_name(sent: str, name: str) -> None:
    assert [key.name for key in Keyboard().feed(sent)] == [name]


@pytest.mark.parametrize("sent", REPORTS)
def test_reports_are_no_keys(sent: str) -> None:
    keyboard = Keyboard()
    assert keyboard.feed(sent) == []
    assert not keyboard.unfinished


@given(st.lists(st.sampled_from([*SEQUENCES, *REPORTS]), max_size=12), st.data())
def test_cut_anywhere_the_keys_are_the_same(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    whole = Keyboard().feed(text)
    keyboard, keys, rest = Keyboard(), [], text
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        keys += keyboard.feed(rest[:size])
        rest = rest[size:]
    assert keys == whole
    assert [key.name for key in whole] == [SEQUENCES[part] for part in parts if part in SEQUENCES]


#: Sequences that the network, or another program on the line, cut before their end.
CUT = (
    "\x1b[", "\x1b[31;", "\x1b[?2026;2$", "\x1b[1;2", "\x1b[ ", "\x1bO", "\x1b]", "\x1b]11;rgb:0/0/0",
    "\x1bP1$r0m", "\x1b_G", "\x1bXsos",
)  # fmt: skip


@given(
    st.sampled_from(CUT),
    st.sampled_from([part for part in (*SEQUENCES, *REPORTS) if part.startswith("\x1b")]),
    st.data(),
)
def test_a_sequence_that_another_cuts_is_dropped_whole(cut: str, then: str, data: st.DataObject) -> None:
    text = f"{cut}{then}K1"
    at = data.draw(st.integers(0, len(text)))
    keyboard = Keyboard()
    keys = [*keyboard.feed(text[:at]), *keyboard.feed(text[at:])]
    assert [key.name for key in keys] == [*([SEQUENCES[then]] if then in SEQUENCES else []), "K", "1"]


def test_what_cannot_stand_in_a_sequence_ends_it_and_counts() -> None:
    assert Keyboard().feed("\x1b[31;\x1b[32m") == []
    assert [key.name for key in Keyboard().feed("\x1b[31;\r")] == ["enter"]
    assert [key.name for key in Keyboard().feed("\x1b[31;é")] == ["é"]
    # What is not well formed is dropped to its end, not typed from the middle.
    assert Keyboard().feed("\x1b[1 2m") == []


def test_a_lone_escape_is_escape_and_half_a_sequence_nothing() -> None:
    keyboard = Keyboard()
    assert keyboard.feed("\x1b") == []
    assert keyboard.unfinished
    assert [key.name for key in keyboard.give_up()] == ["escape"]
    assert keyboard.feed("\x1b[1;") == []
    assert keyboard.give_up() == []
    assert [key.name for key in keyboard.feed("ok")] == ["o", "k"]


@given(st.text(max_size=60))
def test_nothing_sent_can_break_it_or_type_a_control_character(text: str) -> None:
    keyboard = Keyboard()
    for key in [*keyboard.feed(text), *keyboard.give_up()]:
        assert key.character.isprintable()
        assert len(key.character) <= 1
    assert not keyboard.unfinished
