"""The site loads a list of codes of its own; it is told before the lists that ship, whole or not at all."""

import datetime
from dataclasses import replace

import pytest
from sqlalchemy import select

from models.audit import AuditEvent
from models.store import Store
from models.words.acts import Act
from models.words.keys import SecurityKey
from services.codes.looking_up import Told, look_up
from services.codes.site_list import CodesLoaded, load_codes, read_code_list, site_codes
from services.errors import MissingKey, Refused
from services.office.actor import Actor

TODAY = datetime.date(2026, 11, 2)
HEADING = "list,code,text,start,stop\n"


def loaded(site: Store, actor: Actor, rows: str) -> CodesLoaded:
    """What loading a list answers."""
    with site.writing() as session:
        return load_codes(session, actor, read_code_list((HEADING + rows).encode()))


def test_it_is_told_before_the_lists_that_ship(site: Store, actor: Actor) -> None:
    rows = 'carc,45,"Beyond our contract, level 2",2026-01-01,\nCARC,999,New this year,2026-11-01,\nplb,WO,Taken,,\n'
    assert loaded(site, actor, rows) == CodesLoaded(3, 0)
    with site.reading() as session:
        own = site_codes(session)
    reason = look_up("CO-45", TODAY, own).codes[-1]
    assert (reason.meaning, reason.start) == ("Beyond our contract, level 2", datetime.date(2026, 1, 1))
    assert reason.listed_as_of == "the site's own list"
    assert reason.next_step == look_up("CO-45", TODAY).codes[-1].next_step
    assert look_up("CO-999", TODAY, own).known
    assert not look_up("CO-999", TODAY).known
    assert look_up("CARC 96", TODAY, own) == look_up("CARC 96", TODAY)


def test_a_code_may_be_stopped_by_it(site: Store, actor: Actor) -> None:
    loaded(site, actor, "RARC,N130,Plan limits,,2026-11-02\n")
    with site.reading() as session:
        looked = look_up("N130", TODAY, site_codes(session))
    assert looked.codes[0].expired
    assert looked.notes[0].startswith("RARC N130 holds no longer: it was stopped on 2026-11-02.")


def test_a_list_takes_the_place_of_the_one_before_and_the_audit_names_who_loaded_it(
    site: Store, actor: Actor
) -> None:
    loaded(site, actor, "CARC,998,One,,\nCARC,999,Two,,\n")
    assert loaded(site, actor, "CARC,999,Three,,\n") == CodesLoaded(1, 2)
    with site.reading() as session:
        assert [(told, listed.meaning) for (told, _), listed in site_codes(session).items()] == [
            (Told.REASON, "Three")
        ]
        events = session.scalars(select(AuditEvent).where(AuditEvent.act == Act.CODES_LOADED)).all()
        assert [(event.user, event.detail) for event in events] == [
            (actor.login, "2 codes, before 0"),
            (actor.login, "1 code, before 2"),
        ]


def test_only_a_manager_loads_one(site: Store, actor: Actor) -> None:
    with pytest.raises(MissingKey, match="LOCKBOX MANAGER"):
        loaded(site, replace(actor, keys=actor.keys - {SecurityKey.MANAGER}), "CARC,999,New,,\n")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "THE FIRST ROW HAS TO NAME ONCE EACH: list, code, text, start, stop; WRONG: list, code"),
        ("list,code,text,start\nCARC,1,x,\n", "WRONG: stop"),
        (HEADING, "THE LIST HAS NO CODES"),
        (HEADING + "CARC,1,x\n", "LINE 2: IT HAS 3 FIELDS, THE FIRST ROW 5"),
        (HEADING + "CARC,1,x,,\n\nCARC,,x,,\n", "LINE 4: IT HAS NO code"),
        (HEADING + "ERA MATCH,MATCHED,x,,\n", "ERA MATCH IS NO LIST; THE LISTS ARE GROUP, CARC"),
        (HEADING + "CARC,1 2,x,,\n", "A CODE HAS AT MOST 20 CHARACTERS AND NO BLANKS"),
        (HEADING + "CARC,1,x,11/01/2026,\n", "LINE 2: 11/01/2026 IS NO DATE; TYPE IT AS 2026-11-01"),
        (HEADING + "CARC,1,x,2026-11-01,2026-10-01\n", "LINE 2: CARC 1 STOPS BEFORE IT STARTS"),
        (HEADING + "CARC,a1,x,,\nCARC,A1,y,,\n", "LINE 3: CARC A1 STANDS IN THE LIST TWICE"),
        (HEADING + 'CARC,1,"x,,\nCARC,2,y,,\n', "^LINE 2: A QUOTATION MARK IS NOT CLOSED"),
        (
            HEADING + f"CARC,1,{'x' * 4_001},,\n",
            "^LINE 2: THE TEXT HAS 4,001 CHARACTERS, AT MOST 4,000 ARE TAKEN$",
        ),
        (
            HEADING + f"CARC,1,x,,\nCARC,2,{'x' * 131_073},,\n",
            "^LINE 3: A FIELD HAS MORE THAN 131,072 CHARACTERS, A TEXT HAS AT MOST 4,000$",
        ),
        (
            HEADING + 'CARC,1,"x,,\n' + "CARC,2,y,,\n" * 12_000,
            "^LINE 2: A FIELD HAS MORE THAN 131,072 CHARACTERS, .* 4,000; IS A QUOTATION MARK NOT CLOSED",
        ),
    ],
)
def test_a_list_that_is_wrong_is_refused_whole_and_the_row_is_named(text: str, refusal: str) -> None:
    with pytest.raises(Refused, match=refusal):
        read_code_list(text.encode())


def test_the_longest_text_is_kept_whole() -> None:
    text = "x" * 4_000
    (listed,) = read_code_list(f"{HEADING}CARC,1,  {text}  ,,\n".encode()).values()
    assert listed.meaning == text


def test_a_list_in_another_encoding_is_refused() -> None:
    with pytest.raises(Refused, match="NOT IN UTF-8"):
        read_code_list(HEADING.encode() + b"CARC,1,caf\xe9,,\n")
