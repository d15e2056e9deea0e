"""The audit trail: who did what, chained so that a change, a gap or a lost end shows (DESIGN 2.5)."""

import hashlib
import hmac
import json
from typing import Any

from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import Session

from models.audit import AuditEvent
from models.errors import LockboxError
from models.site import Site
from models.words.acts import Act
from services.findings import Finding
from services.office.clock import SITE, now
from services.office.stamp import Stamp

FIRST = "0" * 64

_HEAD = select(Site.audit_head, Site.audit_hash).where(Site.id == SITE)

#: Where a session keeps the events of its transaction until it is committed.
_NOTED = "audit events"


def _digest(key: bytes, fields: list[str]) -> str:
    canonical = json.dumps(fields, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(key, canonical.encode(), hashlib.sha256).hexdigest()


def _fields(event: AuditEvent) -> list[str]:
    return [
        str(event.sequence),
        event.at.isoformat(),
        event.user,
        event.os_user,
        event.act,
        event.object,
        event.reason,
        event.detail,
        event.previous,
    ]


def record(session: Session, by: Stamp, act: Act, what: str, *, reason: str = "", detail: str = "") -> None:
    """Notes one audit event of the caller's transaction; acts do it by `services.office.acts.end`.

    It is written when the transaction is committed, behind all else: the end of the chain, which is the row of
    the site, is the last that any act locks.
    """
    if _NOTED not in session.info:
        session.info[_NOTED] = []
        event.listen(session, "before_commit", _write)
        event.listen(session, "after_rollback", _forget)
    session.info[_NOTED].append(
        {
            "at": now(session),
            "user": by.login,
            "os_user": by.os_user,
            "act": act,
            "object": what,
            "reason": reason,
            "detail": detail,
        }
    )


def _write(session: Session) -> None:
    """Appends the noted events to the chain."""
    noted: list[dict[str, Any]] = session.info[_NOTED]
    if not noted or session.in_nested_transaction():
        return
    session.flush()
    head, previous = session.execute(_HEAD.with_for_update(key_share=True)).one()
    _refuse_other_key(session, head, previous)
    rows = []
    for sequence, fields in enumerate(noted, start=head + 1):
        written = AuditEvent(sequence=sequence, previous=previous, **fields)
        previous = _digest(session.info["audit_key"], _fields(written))
        rows.append({"sequence": sequence, "previous": written.previous, "hash": previous, **fields})
    session.execute(insert(AuditEvent), rows)
    session.execute(
        update(Site)
        .where(Site.id == SITE)
        .values(audit_head=head + len(rows), audit_hash=previous)
        .execution_options(synchronize_session=False)
    )
    noted.clear()


def _forget(session: Session) -> None:
    """What is rolled back was not done."""
    session.info[_NOTED].clear()


def _refuse_other_key(session: Session, head: int, remembered: str) -> None:
    """Refuses to go on behind an event that this key did not write: the chain would be broken for good."""
    last = session.scalars(select(AuditEvent).where(AuditEvent.sequence == head)).one_or_none()
    if last is None:
        return
    written = _digest(session.info["audit_key"], _fields(last))
    if not (hmac.compare_digest(last.hash, written) and last.hash == remembered):
        raise LockboxError(
            "The end of the audit trail does not fit the audit key: the key is another store's, or the trail "
            "was changed. Nothing was done. Bring the right key back; lockbox check says more."
        )


def chain_findings(session: Session) -> list[Finding]:
    """What is wrong with the audit chain: a changed, missing or re-ordered row, or a lost end."""
    key = session.info["audit_key"]
    previous, expected = FIRST, 1
    with session.scalars(select(AuditEvent).order_by(AuditEvent.sequence)).yield_per(1000) as events:
        for event in events:
            where = f"audit event {event.sequence}"
            if event.sequence != expected:
                return [Finding("audit-gap", f"Audit event {expected} is missing from the chain.", where)]
            if event.previous != previous:
                return [Finding("audit-chain", "The audit chain is broken here.", where)]
            if not hmac.compare_digest(event.hash, _digest(key, _fields(event))):
                return [
                    Finding("audit-changed", "This audit event has been changed after it was written.", where)
                ]
            previous, expected = event.hash, expected + 1
    head, head_hash = session.execute(_HEAD).one()
    if head != expected - 1 or head_hash != previous:
        return [
            Finding(
                "audit-end",
                f"The audit trail ends at event {expected - 1}, but the site remembers event {head}.",
                f"audit event {head}",
            )
        ]
    return []
