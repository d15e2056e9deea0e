"""What is said of a file or folder that the operating system keeps closed: which it is, whose, what to do."""

import os
import pwd
import shlex
from pathlib import Path

from services.office.ownership import ELSEWHERE

_SETTING_UP = "the README's section Setting up says who may come in"


def closed(path: Path) -> str:
    """The sentence on a path that may not be read, or not be made where it belongs."""
    for folder in reversed(path.parents):
        if not os.access(folder, os.X_OK):
            return _folder("enter", folder)
    return _file(path) if path.exists() else _folder("write in", path.parent)


def _folder(doing: str, folder: Path) -> str:
    owner = folder.stat().st_uid
    if owner == os.getuid():
        return f"You may not {doing} the folder {folder}, though it is yours. To open it: {_opening(folder)}"
    return f"You may not {doing} the folder {folder}; it belongs to {_name(owner)}, and {_SETTING_UP}. {ELSEWHERE}"


def _file(path: Path) -> str:
    owner = path.stat().st_uid
    if owner == os.getuid():
        return f"You may not read {path}, though it is yours. To open it: {_opening(path)}"
    return f"{path} belongs to {_name(owner)}; {_SETTING_UP}."


def _opening(path: Path) -> str:
    return f"chmod {'u+rwx' if path.is_dir() else 'u+rw'} {shlex.quote(str(path))}"


def _name(owner: int) -> str:
    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        return f"uid {owner}"
