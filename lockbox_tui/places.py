"""What the screens need of the settings: how the store is opened, and where prints, journal and log go."""

from lockbox_tui.opening import open_store
from lockbox_tui.settings import Settings
from lockbox_tui.signing_on import Places


def places_of(settings: Settings, *, validates: bool = True) -> Places:
    """The places of a site; `validates` when its open desks work the queue of validation."""
    return Places(
        open_store=lambda: open_store(settings),
        finance_folder=settings.finance_folder,
        print_folder=settings.print_folder,
        crash_log=settings.log_path,
        service_account=settings.service_account,
        validates=validates,
    )
