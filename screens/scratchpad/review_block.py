"""What the scratch pad shows of the review of an entry, to the column (`screens.md` 2)."""

from collections.abc import Iterator, Sequence

from models.words.scratchpad import ReviewStatus
from services.dates import short_moment
from services.scratchpad.reviewing import Comment, Review

_SAID = {
    ReviewStatus.YES: "REVIEWED",
    ReviewStatus.IN_PROCESS: "REVIEW IN PROCESS",
    ReviewStatus.NO: "NOT REVIEWED",
}
_LONGEST_NAME = 20
_LONGEST_LINE = 64


def review_mark(review: Review | None) -> str:
    """What stands at the end of an entry's top line; nothing where the reviews are not shown."""
    return "" if review is None else f"  Reviewed?: {review.status.value}"


def review_lines(review: Review | None) -> Sequence[str]:
    """The review block of each subline: the status with who set it, then the comments."""
    if review is None:
        return ()
    by = f"   SET BY: {review.set_by[:_LONGEST_NAME]}" if review.set_by else ""
    lines = [f"{'':10}REVIEW STATUS: ({_SAID[review.status]}{by})"]
    for comment in review.comments:
        edited = f"  LAST EDIT: {short_moment(comment.edited_at)}" if comment.edited_at else ""
        lines.append(f"{'':12}{short_moment(comment.written_at)}  {comment.author[:_LONGEST_NAME]}{edited}")
        lines += (f"{'':15}{part}" for line in comment.text.split("\n") for part in _parts(line))
    return lines


def comment_choice(number: int, comment: Comment) -> str:
    """One line that tells a comment from others, where one of them is asked for."""
    return f"{number:>4}   {short_moment(comment.written_at):<18} {comment.text.splitlines()[0][:50]}"


def _parts(line: str) -> Iterator[str]:
    """A line of a comment as long as fits; what it goes on with is set in by two."""
    yield line[:_LONGEST_LINE]
    rest, width = line[_LONGEST_LINE:], _LONGEST_LINE - 2
    for start in range(0, len(rest), width):
        yield f"  {rest[start : start + width]}"
