"""A code as it is explained to a person."""

from services.codes.looking_up import Explained
from services.reports.report import Column, Kind

CODE_FACTS: tuple[Column[Explained], ...] = (
    Column("CODE", lambda one: f"{one.list} {one.code}"),
    Column("MEANING", lambda one: one.meaning),
    Column("SIGN", lambda one: one.sign),
    Column("USUAL NEXT STEP", lambda one: one.next_step),
    Column("START", lambda one: one.start, Kind.DATE),
    Column("STOP", lambda one: one.stop, Kind.DATE),
    Column("LIST OF", lambda one: one.listed_as_of),
)
