"""Receipt numbers: letter, date, and a count within the day (behaviour 3.9, DESIGN 2.13)."""

import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.receipts import Receipt
from models.site import Site
from services.errors import Refused
from services.office.clock import SITE

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def following(last: str) -> str:
    """The count after `last`: 00 … 09, 0A … ZZ, then three characters 000 … ZZZ."""
    if not last:
        return "00"
    value = int(last, 36) + 1
    width = len(last)
    if value == 36**width:
        if width == 3:
            raise Refused("THERE ARE NO RECEIPT NUMBERS LEFT FOR THIS DAY")
        return "000"
    text = ""
    for _ in range(width):
        value, digit = divmod(value, 36)
        text = _DIGITS[digit] + text
    return text


def next_number(session: Session, letter: str, date: datetime.date) -> str:
    """The next free receipt number of a letter and day; two clerks never get the same one."""
    session.execute(select(Site.id).where(Site.id == SITE).with_for_update(key_share=True)).one()
    prefix = f"{letter}{date:%y%m%d}"
    for width in (len(prefix) + 3, len(prefix) + 2):
        last = session.scalar(
            select(func.max(Receipt.number)).where(
                Receipt.number.startswith(prefix, autoescape=True), func.length(Receipt.number) == width
            )
        )
        if last is not None:
            return prefix + following(last[len(prefix) :])
    return prefix + following("")
