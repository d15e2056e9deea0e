"""The views of the ERA List that the program remembers of a clerk: the last one, and the one he has saved."""

from screens.lockbox_desk import LockboxDesk
from services.remittances.era_views import EraView, read_word, word_of

#: The names of the two among his preferences.
LAST = "ERA LIST LAST VIEW"
PREFERRED = "ERA LIST PREFERRED VIEW"


def kept_view(desk: LockboxDesk, name: str) -> EraView | None:
    """A view that is remembered of the clerk; None when there is none."""
    word = desk.settings.preferences.get(name)
    return None if word is None else read_word(word)


def keep_view(desk: LockboxDesk, name: str, view: EraView) -> None:
    """Remembers a view of the clerk, in the place of the one before."""
    desk.settings.preferences.set(name, word_of(view))
