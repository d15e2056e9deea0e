"""The ways out of a question or a screen other than answering it."""


class Abandoned(Exception):
    """The clerk typed `^`: the whole act is left and nothing has changed."""


class Cancelled(Abandoned):
    """The clerk broke off: Ctrl-C, or `^` while a progress line stood; its result is dropped."""


class LeaveAll(Exception):
    """The clerk typed `^^`: every open screen is left, back to the first menu."""
