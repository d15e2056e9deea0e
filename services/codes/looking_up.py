"""A code looked up as somebody types it: `CO-45`, `CARC 45`, `N130`, `PLB WO`, `CLP02 22`, `MATCHED`.

Sources: the lists of `data/codes`; X221A1 CAS, LQ, PLB, CLP02 and BPR04; behaviour 8.1.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.code_lists import Advice, CodeList, ListedCode, find_code, list_as_of, read_advice
from services.clean import clean

#: The longest text that is looked up; a status has up to 22 characters.
_LONGEST = 60


class Told(StrEnum):
    """A list of codes by the name under which it is told and may be asked for."""

    GROUP = "GROUP"
    REASON = "CARC"
    REMARK = "RARC"
    PROVIDER_ADJUSTMENT = "PLB"
    CLAIM_STATUS = "CLP02"
    PAYMENT_METHOD = "BPR04"
    ERA_MATCH = "ERA MATCH"
    ERA_POST = "ERA POST"
    EFT_MATCH = "EFT MATCH"
    DOCUMENT = "FMS DOCUMENT"


#: What else a list may be asked for by.
_ALSO_CALLED = {
    "CAS": (Told.GROUP, Told.REASON),
    "REASON": (Told.REASON,),
    "REMARK": (Told.REMARK,),
    "STATUS": (Told.CLAIM_STATUS, Told.ERA_MATCH, Told.ERA_POST, Told.EFT_MATCH, Told.DOCUMENT),
    "METHOD": (Told.PAYMENT_METHOD,),
    "MATCH": (Told.ERA_MATCH, Told.EFT_MATCH),
    "POST": (Told.ERA_POST,),
    "ERA": (Told.ERA_MATCH, Told.ERA_POST),
    "EFT": (Told.EFT_MATCH,),
    "DOCUMENT": (Told.DOCUMENT,),
}
_CALLED: dict[str, tuple[Told, ...]] = {**{told.value: (told,) for told in Told}, **_ALSO_CALLED}

#: The lists whose codes are not Lockbox's own words.
_LISTS = {
    Told.GROUP: CodeList.GROUPS,
    Told.REASON: CodeList.REASONS,
    Told.REMARK: CodeList.REMARKS,
    Told.PROVIDER_ADJUSTMENT: CodeList.PROVIDER_ADJUSTMENTS,
    Told.CLAIM_STATUS: CodeList.CLAIM_STATUS,
}

#: A reason with its group, as scratch pads and payers' letters write it: `CO-45`, `CO 45`, `CO45`.
_GROUPED = re.compile(r"(CO|CR|OA|PI|PR)[ :-]?([A-Z]{0,2}[0-9]{1,3})")

#: The lists whose codes a site may load itself.
CODE_LISTS = (*_LISTS, Told.PAYMENT_METHOD)

#: The site's own list, by list and code.
SiteCodes = Mapping[tuple[Told, str], ListedCode]
NO_SITE_CODES: SiteCodes = {}

_OWN_LIST = "the site's own list"

_NOTHING = Advice("", "", "")

#: In the place of a code, for what is said of a whole list.
_EVERY = "*"


@dataclass(frozen=True, slots=True)
class Explained:
    """A code of one list and what is known of it.

    `listed_as_of` says of when the list is, or that it is the site's own; it is None for Lockbox's own words. From
    the day `start` the code holds, from the day `stop` it holds no longer, where its list says so; `expired` when that
    day has come.
    """

    list: Told
    code: str
    meaning: str | None
    sign: str | None
    next_step: str | None
    start: datetime.date | None
    stop: datetime.date | None
    expired: bool
    listed_as_of: str | None

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        return self.meaning is not None


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for a text: the codes that it may mean, and what there is to be warned of."""

    asked: str
    codes: tuple[Explained, ...]
    notes: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether the text is a code, and each part of it is known."""
        return bool(self.codes) and all(code.known for code in self.codes)


def look_up(asked: str, today: datetime.date, own: SiteCodes = NO_SITE_CODES) -> Looked:
    """Explains what a text stands for, in each list that has it; `today` says which codes hold no longer.

    What the site's `own` list has is told by it, and else by the lists that ship.

    A text that nothing is known of is answered with a note, never refused.
    """
    text = " ".join(clean(asked, _LONGEST).upper().split())
    codes = tuple(_read(text, today, own))
    return Looked(text, codes, tuple(_notes(text, codes)))


def explain(
    told: Told, code: str, today: datetime.date, own: SiteCodes = NO_SITE_CODES, *, group: str = ""
) -> Explained:
    """A code of a list with what is known of it, within a `group` where it is a reason that stands in one."""
    codes = _LISTS.get(told)
    of_site = own.get((told, code))
    if of_site is not None and of_site.start is not None and of_site.start > today and codes is not None:
        # The site's text holds only later: until then the code is what the list that ships says, if that has it.
        of_site = of_site if find_code(codes, code) is None else None
    listed = of_site if of_site is not None or codes is None else find_code(codes, code)
    said = _advice(told, code, group)
    if listed is None and said.meaning:
        listed = ListedCode(code, said.meaning)
    if listed is None:
        said = _NOTHING
    stop = None if listed is None else listed.stop
    return Explained(
        list=told,
        code=code,
        meaning=None if listed is None else listed.meaning,
        sign=said.sign or None,
        next_step=said.next_step or None,
        start=None if listed is None else listed.start,
        stop=stop,
        expired=stop is not None and stop <= today,
        listed_as_of=_OWN_LIST if of_site is not None else None if codes is None else list_as_of(codes),
    )


def _advice(told: Told, code: str, group: str) -> Advice:
    """What Lockbox says of a code, each thing by the most particular row; the sign rule of all its list comes last."""
    said = read_advice()
    rows = [said.get((told.value, name), _NOTHING) for name in (f"{group}-{code}", code)]
    of_all = said.get((told.value, _EVERY), _NOTHING)
    return Advice(
        meaning=_first(row.meaning for row in rows),
        sign=" ".join(filter(None, (_first(row.sign for row in rows), of_all.sign))),
        next_step=_first(row.next_step for row in rows),
    )


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _read(text: str, today: datetime.date, own: SiteCodes) -> Iterator[Explained]:
    """The codes that a text may mean."""
    for called in sorted(_CALLED, key=len, reverse=True):
        code = text.removeprefix(f"{called} ")
        if code != text:
            yield from _within(_CALLED[called], code, today, own)
            return
    yield from _within(tuple(Told), text, today, own)


def _within(lists: tuple[Told, ...], text: str, today: datetime.date, own: SiteCodes) -> Iterator[Explained]:
    """A text as a code of some lists: of the only one in any case, else of those that have it."""
    grouped = _GROUPED.fullmatch(text)
    if grouped is not None and Told.REASON in lists:
        group, reason = grouped.groups()
        yield explain(Told.GROUP, group, today, own)
        yield explain(Told.REASON, reason, today, own, group=group)
        return
    found = [explain(told, text, today, own) for told in lists]
    yield from (code for code in found if code.known or len(lists) == 1)


def _notes(text: str, codes: tuple[Explained, ...]) -> Iterator[str]:
    """What a reader has to be warned of."""
    if not codes:
        yield (
            f"{text or 'This'} is in none of the lists. Those of reasons and remarks are as of "
            f"{list_as_of(CodeList.REASONS)}: a newer code is not in them; ask the payer."
        )
    for code in codes:
        if not code.known:
            as_of = f", which is as of {code.listed_as_of}" if code.listed_as_of else ""
            yield f"{code.list} {code.code} is not in its list{as_of}; ask the payer."
        elif code.expired:
            yield (
                f"{code.list} {code.code} holds no longer: it was stopped on {code.stop}. It may stand in a remittance "
                "of before, or a reversal of one; in a newer one ask the payer."
            )
