"""`lockbox demo`: a site of its own to try everything on, and the main job typed by itself."""

import argparse
import asyncio
import os
import shutil
import sys

from lockbox_tui.commands.answers import DONE, Answer, Call
from lockbox_tui.commands.printing import Printer
from lockbox_tui.demo.building_progress import building_progress
from lockbox_tui.demo.demo_roles import Role
from lockbox_tui.demo.main_job import INTRODUCTION, MAIN_JOB
from lockbox_tui.demo.playing import Played, Stopped, play_at_once, play_slowly
from lockbox_tui.demo.site import in_use, make_ready, site_to_play_on
from lockbox_tui.desk import open_desk
from lockbox_tui.places import places_of
from lockbox_tui.session import Session
from lockbox_tui.settings import Settings
from lockbox_tui.signing_on import SigningOn
from lockbox_tui.terminal.launch import run_desk
from screens.list_manager.glass.terminal import Terminal
from services.errors import LockboxError, Refused

_RULE = "-" * 80


def demo(call: Call) -> Answer:
    """Opens the demo site, which is built when it is absent; or plays the main job on a site like it.

    Without a terminal it plays at once, and its screens are printed as text.
    """
    role, on_terminal = Role(call.arguments.role), sys.stdin.isatty() and sys.stdout.isatty()
    playing = call.arguments.play or not on_terminal
    if playing and role is Role.REVIEWER:
        raise Refused("THE REVIEWER MAY ONLY LOOK; THE MAIN JOB IS PLAYED AS clerk OR supervisor")
    with building_progress() as tell:
        ready = make_ready(os.environ, tell, fresh=call.arguments.fresh)
    settings = ready.settings
    if not playing:
        with in_use(settings):
            status = open_desk(places_of(settings), actor_login=role.login)
        return Answer(_about(settings, role), lambda out: None, status)
    with building_progress() as tell, site_to_play_on(ready, os.environ, tell) as site:
        session = Session(SigningOn(places_of(site, validates=False), role.login))
        if not on_terminal:
            return _proven(site, _about(settings, role), asyncio.run(_play_and_leave(session)))
        watched = _Watched(session)
        status = run_desk(lambda: watched, log=settings.log_path)
        if watched.lost is not None:
            raise watched.lost
        if status != DONE or watched.stopped:
            return Answer(_about(settings, role), lambda out: None, status)
        return _proven(site, _about(settings, role), [])


def _about(settings: Settings, role: Role) -> dict[str, object]:
    return {"store": str(settings.store_file), "role": role.value}


async def _play_and_leave(session: Session) -> list[Played]:
    try:
        return await play_at_once(session.run, MAIN_JOB)
    finally:
        await session.leave()


class _Watched:
    """The main job on a terminal, with somebody before it who may stop it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.stopped = False
        self.lost: LockboxError | None = None

    async def run(self, terminal: Terminal) -> int:
        """Plays it; gives the program's exit status."""
        try:
            await play_slowly(self._session.run, MAIN_JOB, terminal, introduction=INTRODUCTION)
        except Stopped:
            self.stopped = True
        except LockboxError as error:
            self.lost = error
        return DONE

    async def leave(self) -> None:
        """Leaves the site that it was played on."""
        await self._session.leave()


def _proven(site: Settings, about: dict[str, object], played: list[Played]) -> Answer:
    """What was played, and the proof of the books of the site it was played on."""
    # The proof of the books is for the demonstration; the open site does not wait for it.
    from lockbox_tui.commands.night import check

    proof = check(Call(site, argparse.Namespace(as_user=None)))
    document = {**about, "played": played, "check": proof.document}

    def show(out: Printer) -> None:
        for number, each in enumerate(played, start=1):
            out.say(_RULE, each.screen, _RULE, f"{number}. typed: {each.typed or 'RETURN'}", "")
        out.say("The main job is done: the receipt is posted. lockbox check says:")
        proof.show(out)
        out.say("", f"Try it yourself: {_program()} demo")

    return Answer(document, show, proof.status)


def _program() -> str:
    """The program as it has to be typed here: by its path where no folder of commands has it."""
    typed = sys.argv[0]
    return typed if os.path.basename(typed) == "lockbox" and not shutil.which("lockbox") else "lockbox"
