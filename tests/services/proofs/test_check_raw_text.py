"""`lockbox check` names a file whose kept text is no longer what came."""

import io
import zlib

import pytest
from sqlalchemy import delete, insert, select, update

from models.messages import Message, MessagePart
from models.store import Store
from services.findings import Finding
from services.intake.raw_text import PART
from services.office.actor import Actor
from services.proofs.check import check_books
from tests import given
from tests.ledger import assert_clean
from tests.once import built_once


@built_once
def message(site: Store, actor: Actor) -> int:
    """A file of more than one part: claims, padded by blank lines between its segments."""
    file = given.claims_file({"K1": 100}).replace(b"~\n", b"~" + b"\n" * 100_000)
    assert len(file) > 2 * PART
    given.brought(site, actor, "claims.837", io.BytesIO(file))
    assert_clean(site)
    with site.reading() as session:
        assert len(session.scalars(select(MessagePart.offset)).all()) > 2
        return session.scalars(select(Message.id)).one()


def told(store: Store) -> list[Finding]:
    """What the check finds."""
    with store.reading() as session:
        return check_books(session)


def test_one_byte_of_another_text_is_named(site: Store, message: int) -> None:
    at = MessagePart.offset == PART
    with site.writing() as session:
        text = zlib.decompress(session.scalars(select(MessagePart.data).where(at)).one())
        other = zlib.compress(text[:-1] + b"X")
        session.execute(update(MessagePart).where(at).values(data=other))
    assert told(site) == [Finding("raw-text", "What is kept of it is not what came.", f"message {message}")]


@pytest.mark.parametrize("data", [b"no compressed text", zlib.compress(b"\n" * 50_000_000), b""])
def test_a_part_that_is_none_is_named(site: Store, message: int, data: bytes) -> None:
    with site.writing() as session:
        session.execute(update(MessagePart).where(MessagePart.offset == PART).values(data=data))
    assert told(site) == [
        Finding("raw-text", f"Its part at byte {PART} cannot be read.", f"message {message}")
    ]


def test_a_part_that_is_gone_is_named(site: Store, message: int) -> None:
    with site.writing() as session:
        session.execute(delete(MessagePart).where(MessagePart.offset == PART))
    assert told(site) == [
        Finding(
            "raw-text",
            f"Its part at byte {2 * PART} is not the one that follows {PART} bytes.",
            f"message {message}",
        )
    ]


def test_a_text_that_is_gone_or_goes_on_is_named(site: Store, message: int) -> None:
    with site.writing() as session:
        size = session.scalars(select(Message.size)).one()
        row = {"message_id": message, "offset": size, "size": 3, "data": zlib.compress(b"ISA")}
        session.execute(insert(MessagePart), [row])
    where = f"message {message}"
    assert told(site) == [Finding("raw-text", f"{size + 3} bytes of it are kept, {size} came.", where)]
    with site.writing() as session:
        session.execute(delete(MessagePart))
    assert told(site) == [Finding("raw-text", f"0 bytes of it are kept, {size} came.", where)]
