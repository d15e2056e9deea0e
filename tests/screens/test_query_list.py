"""A list of a hundred thousand: it opens, pages, searches and explains by the rows it shows, and by no others."""

import gc
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy.orm import Session

from models.store import Store
from screens.list_manager.actions import Action, After
from screens.list_manager.lists.call import Call
from screens.list_manager.lists.list_screen import ListScreen
from screens.list_manager.lists.template import Contents, Template
from screens.lockbox_desk import LockboxDesk
from screens.query_list import KEPT_ROWS, SEARCH_STEP, QueryList
from services.office.actor import Actor
from tests.screens.seat import Seat

MANY = 100_000
NONE_LEFT = "No notes left"
TEMPLATE = Template(title="Notes", top=4, bottom=20, entity="Note", captions=" #     NOTE")


@dataclass(frozen=True)
class Note:
    number: int
    text: str


@dataclass
class Notes:
    """A list of notes in the hand of a clerk; `asked` are the keys that were asked for, call by call."""

    count: int = MANY
    gone: set[str] = field(default_factory=set)
    asked: list[Sequence[str]] = field(default_factory=list)
    searches: int = 0
    given: list["weakref.ref[Note]"] = field(default_factory=list)

    def numbers(self, session: Session) -> list[str]:
        self.searches += 1
        return [key for key in map(str, range(self.count, 0, -1)) if key not in self.gone]

    def rows(self, session: Session, keys: Sequence[str]) -> list[Note]:
        """The rows in another order than the keys, without those that are gone."""
        self.asked.append(keys)
        rows = [Note(int(key), f"note {key}") for key in sorted(keys) if key not in self.gone]
        self.given += map(weakref.ref, rows)
        return rows

    async def show(self, desk: LockboxDesk) -> None:
        async def numbers() -> Sequence[str]:
            return await desk.read(self.numbers)

        notes = QueryList(
            desk,
            numbers,
            self.rows,
            lambda entry, note: (f"{entry:<7}{note.text}", f"{'':7}written by hand"),
            key=lambda note: str(note.number),
            height=2,
            explain=lambda key, note: (f"Note {key}: {'not seen' if note is None else note.text}.",),
            none_left=NONE_LEFT,
        )

        class NoteScreen(ListScreen[LockboxDesk]):
            template = TEMPLATE

            async def build(self) -> Contents:
                return await notes.contents(("ALL NOTES",))

            async def tear(screen, call: Call) -> After:
                self.gone.add(notes.key_of(await call.entry()))
                return After.REBUILD

            async def find(screen, call: Call) -> After:
                await notes.find()
                return After.TOP

            actions = (
                Action("Tear Up", run=tear, help="Tears a note up."),
                Action("Find Anew", run=find, help="Builds the list anew."),
            )

        if await notes.find():
            await desk.show(NoteScreen(desk))


@pytest.fixture
def notes() -> Notes:
    return Notes()


async def test_it_opens_with_one_search_and_the_rows_of_one_page(
    site: Store, actor: Actor, notes: Notes
) -> None:
    async with Seat(site, actor, notes.show) as clerk:
        assert "Page:    1 of" in clerk.row(1)
        assert clerk.row(4) == f"1      note {MANY}"
        assert clerk.row(6) == f"2      note {MANY - 1}"
    assert notes.searches == 1
    (page,) = notes.asked
    assert list(page) == [str(MANY - entry) for entry in range(9)]


async def test_each_page_reads_its_own_rows_once(site: Store, actor: Actor, notes: Notes) -> None:
    async with Seat(site, actor, notes.show) as clerk:
        for keys in ("+\n", "+\n", "-\n", "LS\n", "GO=5000\n", "FS\n"):
            await clerk.types(keys)
        assert clerk.row(4) == f"1      note {MANY}"
    read = [key for page in notes.asked for key in page]
    assert max(len(page) for page in notes.asked) <= 10
    assert len(read) <= 6 * 10
    assert notes.searches == 1


async def test_only_the_last_rows_are_kept(site: Store, actor: Actor, notes: Notes) -> None:
    async with Seat(site, actor, notes.show) as clerk:
        await clerk.types("+\n" * 100)
        assert "Page:  101 of" in clerk.row(1)
        assert len(notes.given) > 800
        gc.collect()
        assert sum(note() is not None for note in notes.given) <= KEPT_ROWS


async def test_a_search_reads_as_far_as_it_has_to(site: Store, actor: Actor, notes: Notes) -> None:
    async with Seat(site, actor, notes.show) as clerk:
        await clerk.types(f"SL=NOTE {MANY - 1200}\n")
        assert f"1201   note {MANY - 1200}" in clerk.screen
    assert sorted({len(part) for part in notes.asked})[-1] == SEARCH_STEP
    assert sum(len(part) == SEARCH_STEP for part in notes.asked) == 3


async def test_what_is_explained_is_what_stands_there(site: Store, actor: Actor, notes: Notes) -> None:
    async with Seat(site, actor, notes.show) as clerk:
        await clerk.types("LS\n")
        await clerk.press("down")
        assert "Note 6: note 6." in await clerk.press("f1")
    assert all(len(page) <= 10 for page in notes.asked)


async def test_after_an_act_each_entry_keeps_its_number_until_the_list_is_found_anew(
    site: Store, actor: Actor
) -> None:
    notes = Notes(count=2)
    async with Seat(site, actor, notes.show) as clerk:
        await clerk.types("TE=1\n")
        assert [clerk.row(4), clerk.row(6)] == ["", "2      note 1"]
        assert notes.searches == 1
        await clerk.types("FI\n")
        assert clerk.row(4) == "1      note 1"
        await clerk.types("TE\nFI\n")
        assert clerk.row(4) == NONE_LEFT
    assert notes.searches == 3


async def test_an_entry_that_is_gone_meanwhile_leaves_its_lines_empty(
    site: Store, actor: Actor, notes: Notes
) -> None:
    async with Seat(site, actor, notes.show) as clerk:
        notes.gone.add(str(MANY - 9))
        await clerk.types("+\n")
        shown = [clerk.row(number) for number in range(4, 21)]
        assert f"11     note {MANY - 10}" in shown
        assert not any(line.startswith("10 ") for line in shown)


async def test_an_empty_list_is_not_shown(site: Store, actor: Actor) -> None:
    async with Seat(site, actor, Notes(count=0).show) as clerk:
        assert clerk.done
