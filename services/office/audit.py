"""The audit trail: who did what, chained so that a change, a gap or a lost end shows (DESIGN 2.5)."""

import hashlib
import hmac
import json

from sqlalchemy import insert, select, text, update
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

# Any constant does: it only has to be the same in every process.
_CHAIN_LOCK = 442_344_49


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
    """Writes one audit event in the caller's transaction; acts do it by `services.office.acts.end`."""
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CHAIN_LOCK})
    head, previous = session.execute(_HEAD).one()
    _refuse_other_key(session, head, previous)
    event = AuditEvent(
        sequence=head + 1,
        at=now(session),
        user=by.login,
        os_user=by.os_user,
        act=act,
        object=what,
        reason=reason,
        detail=detail,
        previous=previous,
    )
    event.hash = _digest(session.info["audit_key"], _fields(event))
    row = {
        name: getattr(event, name)
        for name in (
            "sequence",
            "at",
            "user",
            "os_user",
            "act",
            "object",
            "reason",
            "detail",
            "previous",
            "hash",
        )
    }
    session.execute(insert(AuditEvent), [row])
    session.execute(
        update(Site)
        .where(Site.id == SITE)
        .values(audit_head=head + 1, audit_hash=event.hash)
        .execution_options(synchronize_session=False)
    )


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
