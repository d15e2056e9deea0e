"""What the keyboard sends, as keys: letters, and the sequences of arrows, function keys and the keypad.

Ours, because Textual's parser gives an unknown sequence to the program as typed text, its Escape as `^`:
a stray report from the terminal would type an answer, or abandon an act.
"""

import re

from screens.list_manager.glass.keys import Key

ESCAPE = "\x1b"
_CONTROL = {"\r": "enter", "\n": "enter", "\t": "tab", "\x7f": "backspace", "\x08": "backspace"}
_FINAL = {"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end"}
_PF = {"P": "f1", "Q": "f2", "R": "f3", "S": "f4"}
_TILDE = {
    "1": "home", "2": "insert", "3": "delete", "4": "end", "5": "pageup", "6": "pagedown", "7": "home",
    "8": "end", "11": "f1", "12": "f2", "13": "f3", "14": "f4", "28": "f1",
}  # fmt: skip
# Application keypad of a VT100: SS3 and a letter for each key.
_KEYPAD = {chr(ord("p") + digit): str(digit) for digit in range(10)} | {
    "m": "-", "l": ",", "n": ".", "k": "+", "j": "*", "o": "/", "X": "=",
}  # fmt: skip
# Both match a sequence that was cut, too: its end is empty then.
_CSI = re.compile(r"\x1b\[([0-?]*)[ -?]*([@-~]?)")
_STRING = re.compile(r"\x1b[\]P_X][^\x07\x1b]*(\x07|\x1b\\|)")
_LONGEST_STRING = 4096
_PASTE = ("200", "201")


class Keyboard:
    """Turns characters as they arrive into keys; a sequence cut by the network is waited for.

    What cuts a sequence short, an Escape above all, ends it: all that came of it is dropped, and the next begins.
    """

    def __init__(self) -> None:
        self._waiting = ""

    @property
    def unfinished(self) -> bool:
        """Whether a sequence has begun whose rest has not come yet."""
        return bool(self._waiting)

    def feed(self, text: str) -> list[Key]:
        """Takes what arrived and gives the keys that are complete."""
        self._waiting += text
        keys: list[Key] = []
        while self._waiting:
            taken = self._next(keys)
            if not taken:
                break
            self._waiting = self._waiting[taken:]
        return keys

    def give_up(self) -> list[Key]:
        """The rest of a sequence has not come in time: a lone Escape was Escape, anything else is dropped."""
        waiting, self._waiting = self._waiting, ""
        return [Key("escape")] if waiting == ESCAPE else []

    def _next(self, keys: list[Key]) -> int:
        text = self._waiting
        if text[0] != ESCAPE:
            self._plain(text[0], keys)
            return 1
        if len(text) == 1:
            return 0
        if text[1] == "[":
            return self._control_sequence(text, keys)
        if text[1] == "O":
            if len(text) < 3:
                return 0
            if text[2] == ESCAPE:
                return 2
            self._keypad(text[2], keys)
            return 3
        if found := _STRING.match(text):
            unfinished = not found.group(1) and text[found.end() :] in ("", ESCAPE)
            if unfinished:
                return 0 if len(text) < _LONGEST_STRING else len(text)
            return found.end()
        keys.append(Key("escape"))
        return 1

    def _plain(self, character: str, keys: list[Key]) -> None:
        if character in _CONTROL:
            keys.append(Key(_CONTROL[character]))
        elif character < " ":
            keys.append(Key(f"ctrl+{chr(ord(character) + 96)}"))
        elif character.isprintable():
            keys.append(Key(character, character))

    def _control_sequence(self, text: str, keys: list[Key]) -> int:
        found = _CSI.match(text)
        if found is None:
            raise AssertionError("only what begins a control sequence comes here")
        parameter, final = found.group(1).split(";")[0], found.group(2)
        if not final:
            return 0 if found.end() == len(text) else found.end()
        if final == "~" and parameter not in _PASTE:
            if parameter in _TILDE:
                keys.append(Key(_TILDE[parameter]))
        elif final in _FINAL:
            keys.append(Key(_FINAL[final]))
        elif final in _PF and not parameter.startswith(("?", ">", "<")) and final != "R":
            keys.append(Key(_PF[final]))
        return found.end()

    def _keypad(self, letter: str, keys: list[Key]) -> None:
        if letter == "M":
            keys.append(Key("enter"))
        elif letter in _FINAL:
            keys.append(Key(_FINAL[letter]))
        elif letter in _PF:
            keys.append(Key(_PF[letter]))
        elif letter in _KEYPAD:
            keys.append(Key(_KEYPAD[letter], _KEYPAD[letter]))
