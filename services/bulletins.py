"""Bulletins: notices to mail groups, written in the same transaction as their cause (behaviour section 4)."""

from sqlalchemy.orm import Session

from models.messages import Bulletin, MailGroup
from services.clock import now

__all__ = ["MailGroup", "send"]


def send(session: Session, subject: str, group: MailGroup, text: str) -> None:
    """Writes a bulletin; its text carries numbers of ERAs, EFTs and receipts, never a patient's data."""
    session.add(Bulletin(subject=subject, group=group, text=text, at=now(session)))
