"""Review Line: how far the review of an entry has come, and the comments on it (behaviour 1.1.5).

It moves no money and stops nothing: an ERA that has a receipt is reviewed as any other.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.reviews import EntryReview, ReviewComment
from models.scratchpads import ScratchpadEntry, ScratchpadPreference
from models.users import User
from models.words.acts import Act
from models.words.keys import SecurityKey
from models.words.scratchpad import PaymentOrder, ReviewStatus
from services.clean import clean
from services.errors import Refused
from services.office.actor import Actor, Holder
from services.office.acts import begin, end
from services.office.clock import zone
from services.office.stamp import Stamp
from services.scratchpad.entries import take_entry
from services.scratchpad.telling import Said, say_reviewed

#: The longest review comment, its line ends included.
LONGEST_REVIEW_COMMENT = 2_000

NOTHING_SAID = "SAY A COMMENT, OR WHETHER THE LINE IS REVIEWED"
EMPTY = "A REVIEW COMMENT CANNOT BE EMPTIED"
TOO_LONG = f"A REVIEW COMMENT HAS AT MOST {LONGEST_REVIEW_COMMENT} CHARACTERS"
NOT_YOURS = "YOU MAY EDIT ONLY YOUR OWN REVIEW COMMENTS"


@dataclass(frozen=True, slots=True)
class Comment:
    """A review comment; its times are those of the site's clock."""

    number: int
    author_id: int
    author: str
    written_at: datetime.datetime
    edited_at: datetime.datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """The review of one entry: its status, who set it when, and its comments in the order of their writing."""

    status: ReviewStatus = ReviewStatus.NO
    set_by: str = ""
    set_at: datetime.datetime | None = None
    comments: tuple[Comment, ...] = ()

    def of(self, holder: Holder) -> tuple[Comment, ...]:
        """The comments that this user wrote."""
        return tuple(comment for comment in self.comments if comment.author_id == holder.user_id)


NOT_REVIEWED = Review()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The entry, by its stored number, whose review a user has in process, and since when."""

    entry: int
    since: datetime.datetime


def reviews_of(session: Session, era_id: int) -> dict[int, Review]:
    """The reviews of an ERA's entries that have one, by their stored numbers; reads each table once."""
    here = zone(session)
    comments: dict[int, list[Comment]] = {}
    for comment, author in session.execute(
        select(ReviewComment, User.name)
        .join(User, User.id == ReviewComment.author)
        .where(ReviewComment.era_id == era_id)
        .order_by(ReviewComment.entry, ReviewComment.number)
    ):
        comments.setdefault(comment.entry, []).append(
            Comment(
                comment.number,
                comment.author,
                author,
                comment.written_at.astimezone(here),
                _localize(comment.edited_at, here),
                comment.text,
            )
        )
    statuses = {
        review.entry: (review.status, name, review.set_at.astimezone(here))
        for review, name in session.execute(
            select(EntryReview, User.name)
            .join(User, User.id == EntryReview.set_by)
            .where(EntryReview.era_id == era_id)
        )
    }
    nobody: tuple[ReviewStatus, str, datetime.datetime | None] = (ReviewStatus.NO, "", None)
    return {
        entry: _review(statuses.get(entry, nobody), comments.get(entry, ()))
        for entry in sorted({*statuses, *comments})
    }


def _review(
    status: tuple[ReviewStatus, str, datetime.datetime | None], comments: Sequence[Comment]
) -> Review:
    said, set_by, set_at = status
    return Review(said, set_by, set_at, tuple(comments))


def _localize(at: datetime.datetime | None, zone: ZoneInfo) -> datetime.datetime | None:
    return None if at is None else at.astimezone(zone)


def review_of(session: Session, era_id: int, entry: int) -> Review:
    """The review of one entry."""
    return reviews_of(session, era_id).get(entry, NOT_REVIEWED)


def is_reviewed(session: Session, era_id: int) -> bool:
    """Whether anything was noted of a review on any entry of an ERA."""
    noted = (
        select(table.entry).where(table.era_id == era_id).limit(1) for table in (EntryReview, ReviewComment)
    )
    return any(session.scalars(query).first() is not None for query in noted)


def bookmark(session: Session, holder: Holder, era_id: int) -> Bookmark | None:
    """The entry whose review this user has put in process last, if any still is."""
    row = session.scalars(
        select(EntryReview)
        .where(
            EntryReview.era_id == era_id,
            EntryReview.set_by == holder.user_id,
            EntryReview.status == ReviewStatus.IN_PROCESS,
        )
        .order_by(EntryReview.set_at.desc(), EntryReview.entry.desc())
        .limit(1)
    ).first()
    return None if row is None else Bookmark(row.entry, row.set_at.astimezone(zone(session)))


def shows_reviews(session: Session, holder: Holder, era_id: int) -> bool:
    """Whether this user has turned the display of this ERA's reviews on."""
    row = session.get(ScratchpadPreference, (era_id, holder.user_id))
    return row is not None and row.show_reviews


def show_reviews(session: Session, holder: Holder, era_id: int, *, shown: bool) -> None:
    """Turns the display of an ERA's reviews on or off for a user; it needs no key."""
    row = session.get(ScratchpadPreference, (era_id, holder.user_id))
    if row is None:
        row = ScratchpadPreference(era_id=era_id, user_id=holder.user_id, order=PaymentOrder.NONE)
        session.add(row)
    row.show_reviews = shown
    session.flush()


def review(
    session: Session,
    actor: Actor,
    era_number: int,
    number: int,
    *,
    status: ReviewStatus | None = None,
    comment: str = "",
    edits: int | None = None,
    sequences: Sequence[str] | None = None,
    batch: int | None = None,
) -> None:
    """Notes on an entry, by its stored number, a comment, how far its review has come, or both.

    `edits` is the number of a comment of the actor's own that `comment` takes the place of. NO forgets who set it.
    `sequences` are the EEOBs that the clerk saw there, `batch` is the one he works in.
    """
    by = begin(session, actor, Act.LINE_REVIEWED, SecurityKey.CLERK)
    text = _clean(comment)
    if status is None and not text and edits is None:
        raise Refused(NOTHING_SAID)
    entry = take_entry(session, by, era_number, number, sequences, batch)
    said = None
    if edits is not None:
        _edit(session, by, entry, edits, text)
        said = Said(edits, text, edited=True)
    elif text:
        said = Said(_add(session, by, entry, text), text)
    if status is not None:
        _set(session, by, entry, status)
    end(session, by, f"ERA {entry.era_id} entry {number}", detail=say_reviewed(status, said))


def _clean(comment: str) -> str:
    """A comment as it is kept: without blanks at its ends, each line without what could drive a terminal."""
    text = "\n".join(clean(line.rstrip(), len(line)) for line in comment.strip().splitlines())
    if len(text) > LONGEST_REVIEW_COMMENT:
        raise Refused(TOO_LONG)
    return text


def _add(session: Session, by: Stamp, entry: ScratchpadEntry, text: str) -> int:
    last = session.scalar(
        select(func.max(ReviewComment.number)).where(
            ReviewComment.era_id == entry.era_id, ReviewComment.entry == entry.number
        )
    )
    number = (last or 0) + 1
    session.add(
        ReviewComment(
            era_id=entry.era_id,
            entry=entry.number,
            number=number,
            author=by.user_id,
            written_at=by.at,
            edited_at=None,
            text=text,
        )
    )
    return number


def _edit(session: Session, by: Stamp, entry: ScratchpadEntry, number: int, text: str) -> None:
    row = session.get(ReviewComment, (entry.era_id, entry.number, number), populate_existing=True)
    if row is None:
        raise Refused(f"THERE IS NO REVIEW COMMENT {number} ON ENTRY {entry.number}")
    if row.author != by.user_id:
        raise Refused(NOT_YOURS)
    if not text:
        raise Refused(EMPTY)
    if text != row.text:
        row.text, row.edited_at = text, by.at


def _set(session: Session, by: Stamp, entry: ScratchpadEntry, status: ReviewStatus) -> None:
    row = session.get(EntryReview, (entry.era_id, entry.number), populate_existing=True)
    if status is ReviewStatus.NO:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = EntryReview(era_id=entry.era_id, entry=entry.number)
        session.add(row)
    row.status, row.set_by, row.set_at = status, by.user_id, by.at
