"""The proof of the reviews: statuses and comments are those that the audit trail tells of (behaviour 1.1.5)."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.reviews import EntryReview, ReviewComment
from models.scratchpads import Scratchpad
from models.users import User
from models.words.acts import Act
from models.words.scratchpad import ReviewStatus
from services.findings import Finding
from services.proofs.trail import LAID_OUT, Event, read_trail
from services.scratchpad.telling import read_reviewed

_NO = (ReviewStatus.NO, None)


@dataclass(slots=True)
class _Comment:
    """A comment as the audit trail tells of it: the event that wrote it, all that it may say, and who edited it."""

    written: Event
    texts: set[str]
    edited: list[Event] = field(default_factory=list)


@dataclass(slots=True)
class _Review:
    """The review of an entry as the audit trail tells of it: all that its status may be, each with its event."""

    statuses: set[tuple[ReviewStatus, Event | None]] = field(default_factory=lambda: {_NO})
    comments: dict[int, _Comment] = field(default_factory=dict)

    def add(self, event: Event) -> None:
        """Takes in what one event may tell."""
        before, read = self.statuses, list(read_reviewed(event.detail))
        if not read:
            return
        self.statuses = set()
        for status, _ in read:
            if status is None:
                self.statuses |= before
            else:
                self.statuses.add(_NO if status is ReviewStatus.NO else (status, event))
        said = [comment for _, comment in read if comment is not None]
        if not said:
            return
        number, texts = said[0].number, {comment.text for comment in said}
        if not said[0].edited:
            self.comments[number] = _Comment(event, texts)
        elif number in self.comments:
            self.comments[number].texts = texts
            self.comments[number].edited.append(event)


def prove_reviews(session: Session) -> Iterator[Finding]:
    """Each entry is as far reviewed as was said last, and each comment is there as it was written or edited last."""
    said: dict[int, dict[int, _Review]] = {}
    for event in read_trail(session, *LAID_OUT, Act.LINE_REVIEWED):
        if event.act in LAID_OUT:
            said.pop(event.era, None)
        else:
            said.setdefault(event.era, {}).setdefault(event.part, _Review()).add(event)
    pads = set(session.scalars(select(Scratchpad.era_id)))
    reviews = {
        (era, entry): review for era, its in said.items() if era in pads for entry, review in its.items()
    }
    yield from _prove_statuses(session, reviews)
    yield from _prove_comments(session, reviews)


def _prove_statuses(session: Session, reviews: dict[tuple[int, int], _Review]) -> Iterator[Finding]:
    kept = {
        (era, entry): (status, user, at)
        for era, entry, status, user, at in session.execute(
            select(
                EntryReview.era_id, EntryReview.entry, EntryReview.status, User.login, EntryReview.set_at
            ).join(User, User.id == EntryReview.set_by)
        )
    }
    for place in sorted({*reviews, *kept}):
        said = reviews.get(place, _Review()).statuses
        told = _say_status_off(said, kept.get(place))
        if told:
            yield Finding("entry-review", told, f"ERA {place[0]} entry {place[1]}")


def _say_status_off(
    said: set[tuple[ReviewStatus, Event | None]], kept: tuple[ReviewStatus, str, datetime.datetime] | None
) -> str:
    if kept is None:
        return "" if _NO in said else "It is not reviewed, and the audit trail tells that it is."
    status, user, at = kept
    if status is ReviewStatus.NO:
        return "It is not reviewed, but somebody is kept who set that."
    events = [event for one, event in said if one is status and event is not None]
    if not events:
        return f"Its review is {status.value}, and the audit trail does not tell of it."
    if not any(event.user == user and event.took_place(at) for event in events):
        return (
            f"{user} is kept as who set its review, and the audit trail names another user or another time."
        )
    return ""


def _prove_comments(session: Session, reviews: dict[tuple[int, int], _Review]) -> Iterator[Finding]:
    said = {
        (*place, number): comment
        for place, review in reviews.items()
        for number, comment in review.comments.items()
    }
    kept = {
        (comment.era_id, comment.entry, comment.number): (comment, user)
        for comment, user in session.execute(
            select(ReviewComment, User.login).join(User, User.id == ReviewComment.author)
        )
    }
    for place in sorted({*said, *kept}):
        comment, user = kept.get(place, (None, ""))
        told = _say_comment_off(said.get(place), comment, user)
        if told:
            era, entry, number = place
            yield Finding("review-comment", told, f"ERA {era} entry {entry} comment {number}")


def _say_comment_off(said: _Comment | None, kept: ReviewComment | None, user: str) -> str:
    if kept is None:
        return "The audit trail tells of it, and it is not kept."
    if said is None:
        return "The audit trail does not tell of it."
    if said.written.user != user:
        return f"{user} is kept as its author, the audit trail names {said.written.user}."
    if kept.text not in said.texts:
        return "The audit trail tells that it says something else."
    if not said.written.took_place(kept.written_at):
        return "It was written at a time of which the audit trail tells nothing."
    edited = kept.edited_at
    if edited is not None and edited < kept.written_at:
        return "It was edited before it was written."
    if edited is not None and not any(event.took_place(edited) for event in said.edited):
        return "It was edited at a time of which the audit trail tells nothing."
    return ""
