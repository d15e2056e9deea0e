"""Bulletins: notices to mail groups, written in the same transaction as their cause (behaviour section 4)."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.messages import Bulletin
from models.words.mail import MailGroup
from services.office.clock import now


def send(session: Session, subject: str, group: MailGroup, text: str) -> None:
    """Writes a bulletin; its text carries numbers of ERAs, EFTs and receipts, never a patient's data."""
    session.add(Bulletin(subject=subject, group=group, text=text, at=now(session)))


def send_all(session: Session, subject: str, group: MailGroup, texts: Sequence[str]) -> None:
    """Writes many bulletins of one subject at once."""
    at = now(session)
    session.execute(
        insert(Bulletin), [{"subject": subject, "group": group, "text": text, "at": at} for text in texts]
    )
