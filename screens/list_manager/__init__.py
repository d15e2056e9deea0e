"""The list manager: the one frame of all lists, menus and dialogues. A guide for writing a screen on it.

A screen is a class of Textual's with what it needs, actions declared once, and what it shows. `desk.show` lays
it on the others and returns when it is left; without a terminal it can be tested with a `Stack` and a `KeyQueue`
alone (`tests/screens/list_manager/clerk.py` types and reads like a clerk).

    class EraListScreen(ListScreen[LockboxDesk]):  # on a subclass of Desk with the program's services
        template = Template(
            title="ERA List - Worklist", top=7, bottom=20, entity="#", captions="            PAYER NAME/...",
        )

        def __init__(self, desk: LockboxDesk, chosen: EraSelection) -> None:
            super().__init__(desk)
            self.chosen = chosen

        async def build(self) -> Contents:     # before it is shown, and after an act that returns REBUILD
            eras = await self.desk.read(list_eras, self.chosen)
            return Contents(header=heading(self.chosen), source=era_lines(eras),
                            message="'-' Before the ERA # indicates no scratchpad entry")

        async def select(self, call: Call) -> After:
            entry = await call.entry()         # `SE=4`, the only entry, or `Select #:  (1-3): `
            await self.desk.go(SCRATCH_PAD, entry)
            return After.REBUILD

        number = select                        # what a bare number does; else it moves the marker

        actions = (                            # None leaves a place in the table empty
            Action("Select ERA", run=select, help="Opens the scratch pad of an ERA."),
            later("Sort List"),                # stands in parentheses and says why
            EXIT,
        )

    await desk.show(EraListScreen(desk, chosen))

A dialogue reads like the manual's transcript, and `^` anywhere in it leaves the whole act by raising
`Abandoned`, which the list answers by painting itself again; so nothing is changed before the last question:

    amount = await ask.money("PAYMENT AMOUNT TO APPLY TO THIS CLAIM", left, at_most=left)
    comment = await ask.text("RECEIPT LINE COMMENT", longest=60)
    if await ask.yes_no("IS THIS CORRECT?", default=True):
        await desk.write(split, line, amount, comment)

A service that refuses raises `services.errors.Refused`; the list says why and waits for RETURN. Leases are
held in an `async with` around `desk.show`: however the screen is left (`^`, `^^`, `^option`, a lost line),
the block ends.

Rooms, lowest first: `glass` what the clerk sees and types, the screens and their stack, and the ways out
(`leaving`); `asking` the questions (`dialogue`, `lookup`), reading what is typed (`dates`, `answers`), long calls
(`progress`) and printing (`device`, `pager`, `print_queue`); `actions` and `options` the declarations; `desk` all of it
together; `lists` what a list shows (`template`, `source`) and what is done on it (`list_actions`, `call`); `menus`
the menus.
"""
