"""Whose the files of a site are: nobody but the user of this process may be able to put others in their place.

Whoever plants a folder, a store or an audit key and waits until somebody sets up a site there could read
and forge all of it. So each belongs to the user, and nobody else may write it.
"""

import grp
import os
import pwd
import shlex
import stat
from pathlib import Path

from services.clean import clean
from services.errors import LockboxError

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH

#: What to do where the files of a site cannot be.
ELSEWHERE = "Name another folder by --database, $LOCKBOX_DATABASE or $XDG_DATA_HOME."


def refuse_others(*paths: Path) -> None:
    """Raises `LockboxError` unless each file or folder, where there is one, is the user's own.

    It and every folder above may be written by nobody else, and it is no link.
    """
    above = set[Path]()
    for path in paths:
        _refuse(path)
        above |= {folder for way in (path, path.resolve()) for folder in way.parents}
    for folder in sorted(above):
        _refuse_above(folder)


def _refuse(path: Path) -> None:
    try:
        found = path.lstat()
    except OSError:
        # What is missing is made, and what is closed is told of, by whoever wants to use it.
        return
    named = clean(str(path))
    if stat.S_ISLNK(found.st_mode):
        raise LockboxError(
            f"{named} is a link, and the files of a site stand only where their names say: whoever may change the "
            f"link could read and forge them. Put a folder or file of your own in its place. {ELSEWHERE}"
        )
    if found.st_uid != os.geteuid():
        raise LockboxError(
            f"{named} belongs to {_user(found.st_uid)}, not to you, so he could read and forge what is kept there; "
            f"the README's section Setting up says who may come in. {ELSEWHERE}"
        )
    if _others_write(found):
        raise LockboxError(
            f"Others may write {named}, and could forge what is kept there. To close it: "
            f"chmod go-w {shlex.quote(named)}"
        )


def _refuse_above(folder: Path) -> None:
    """Refuses a folder in which somebody else could put another in the place of the one below."""
    try:
        found = folder.lstat()
    except OSError:
        return
    theirs = found.st_uid not in (0, os.geteuid())
    link = stat.S_ISLNK(found.st_mode)
    if not link and not stat.S_ISDIR(found.st_mode):
        return
    # In a folder like /tmp nobody can take away what is another's.
    open_to_all = not link and not found.st_mode & stat.S_ISVTX and _others_write(found)
    if theirs or open_to_all:
        whose = f"belongs to {_user(found.st_uid)}" if theirs else "may be written by others"
        raise LockboxError(
            f"The folder {clean(str(folder))} {whose}, and what is below it could be put out of the way and "
            f"replaced. {ELSEWHERE}"
        )


def _others_write(found: os.stat_result) -> bool:
    """Whether somebody else may write; a group that is only the owner's own is nobody else."""
    mode = found.st_mode & _OTHERS_WRITE
    return bool(mode & stat.S_IWOTH) or bool(mode and not _own_group(found))


def _own_group(found: os.stat_result) -> bool:
    try:
        owner, group = pwd.getpwuid(found.st_uid).pw_name, grp.getgrgid(found.st_gid)
    except KeyError:
        return False
    return group.gr_name == owner and set(group.gr_mem) <= {owner}


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid {number}"
