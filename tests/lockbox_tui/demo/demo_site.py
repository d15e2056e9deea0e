"""The demo site for tests: built once for all of them, then copied."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lockbox_tui.demo.site import build_in, demo_settings
from lockbox_tui.opening import use_store
from lockbox_tui.settings import Settings
from models.store import Store


def silent(done: int, total: int) -> None:
    """Is told what is done, and says nothing."""


def environment(home: Path) -> dict[str, str]:
    """The environment of somebody whose data folder is under this home."""
    return {"XDG_DATA_HOME": str(home)}


def built_demo(folder: Path) -> Settings:
    """Builds the demo site in a folder."""
    site = folder / "site"
    site.mkdir()
    return build_in(site, environment(folder), silent)


def copied_demo(built: Settings, home: Path) -> Settings:
    """A copy of the built site, standing where `lockbox demo` looks for it."""
    settings = demo_settings(environment(home))
    shutil.copytree(built.audit_key_path.parent, settings.data_folder)
    return settings


@contextmanager
def store_of(settings: Settings) -> Iterator[Store]:
    """The open store of a site."""
    with use_store(settings) as store:
        yield store
