"""The list manager: the one frame of all lists, menus and dialogues. A guide for writing a screen on it.

A screen is a class with what it needs, actions declared once, and a coroutine that shows the list. Nothing
here knows Textual: a screen talks to a `Desk`, and can be tested with a `Glass` and a `KeyQueue` alone
(`tests/screens/list_manager/clerk.py` types and reads like a clerk).

    TEMPLATE = Template(
        title="ERA List - Worklist", top=7, bottom=20, entity="#", captions="            PAYER NAME/...",
    )

    @dataclass
    class EraList:
        desk: LockboxDesk                      # a subclass of Desk with the program's services: see `desk`
        filters: EraFilters

        async def build(self) -> Contents:     # at the start, and again after an act that returns REBUILD
            eras = await self.desk.read(list_eras, self.filters)
            return Contents(header=era_heading(self.filters), source=era_lines(eras),
                            message="'-' Before the ERA # indicates no scratchpad entry")

        async def select(self, call: Call) -> After:
            entry = await call.entry()         # `SE=4`, the only entry, or `Select #:  (1-3): `
            await scratch_pad(self.desk, entry)
            return After.REBUILD

    ACTIONS: Sequence[Action[EraList] | None] = (      # None leaves a place in the table empty
        Action("Select ERA", EraList.select, help="Opens the scratch pad of an ERA."),
    )

    async def era_list(desk: LockboxDesk, filters: EraFilters) -> None:
        screen = EraList(desk, filters)
        await show_list(desk, TEMPLATE, screen, screen.build, ACTIONS, bare_number=EraList.select)

A dialogue reads like the manual's transcript, and `^` anywhere in it leaves the whole act by raising
`Abandoned`, which the list answers by painting itself again; so nothing is changed before the last question:

    amount = await ask.money("PAYMENT AMOUNT TO APPLY TO THIS CLAIM", left, at_most=left)
    comment = await ask.text("RECEIPT LINE COMMENT", longest=60)
    if await ask.yes_no("IS THIS CORRECT?", default=True):
        await desk.write(split, line, amount, comment)

A service that refuses raises `services.errors.Refused`; the list says why and waits for RETURN. Leases are
held in an `async with` around `show_list`: however the screen is left (`^`, `^^`, `^option`, a lost line),
the block ends.

Rooms, lowest first: `glass` what the clerk sees and types, and the ways out (`leaving`); `asking` the
questions (`dialogue`, `lookup`), reading what is typed (`dates`, `answers`), long calls (`progress`) and
printing (`device`, `pager`); `desk` all of it together; `lists` what a list shows (`template`, `source`) and
what is done on it (`actions`, `call`); `options` and `menus` the menus.
"""
