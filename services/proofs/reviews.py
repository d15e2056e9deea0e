"""The proof of what is noted on entries of scratch pads: verified by hand, reviewed (behaviour 1.1.5, 1.1.6)."""

from collections.abc import Iterator

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models.reviews import EntryReview, ManualVerification, ReviewComment
from models.scratchpads import ScratchpadEntry
from models.words.scratchpad import ReviewStatus
from services.findings import Finding
from services.proofs.rows import same_key, tell

_ENTRY = (ScratchpadEntry.era_id, ScratchpadEntry.number)


def notes(session: Session) -> Iterator[Finding]:
    """Who was marked by hand is verified, who is not reviewed has nobody who says so, and a comment says something.

    A comment is not edited before it was written.
    """
    marked = (ManualVerification.era_id, ManualVerification.entry)
    query = select(*marked).join(ScratchpadEntry, same_key(marked, _ENTRY)).where(~ScratchpadEntry.verified)
    text = "It was marked as verified by hand, and is not verified."
    yield from tell(session, query, "entry-verified", text, "ERA {0} entry {1}")
    kept = select(EntryReview.era_id, EntryReview.entry).where(EntryReview.status == ReviewStatus.NO)
    text = "It is not reviewed, but somebody is kept who set that."
    yield from tell(session, kept, "entry-review", text, "ERA {0} entry {1}")
    early = and_(ReviewComment.edited_at.is_not(None), ReviewComment.edited_at < ReviewComment.written_at)
    wrong = select(ReviewComment.era_id, ReviewComment.entry, ReviewComment.number)
    text = "It is empty, or was edited before it was written."
    yield from tell(
        session,
        wrong.where(or_(early, ReviewComment.text == "")),
        "review-comment",
        text,
        "ERA {0} entry {1} comment {2}",
    )
