"""What a rich text says: its words are read, its pictures and tables of fonts are not."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from meetings.intake.office.runs import Run

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])"
    rb"|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SPACES = {
    **dict.fromkeys(("par", "line", "row", "sect", "page", "nestrow"), "\n"),
    **dict.fromkeys(("tab", "cell", "nestcell"), "\t"),
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\n": "\n", b"\r": "\n"}
_LITERAL = {b"\\", b"{", b"}"}
_UNSEEN = {"colortbl", "stylesheet", "info", "pict", "object", "themedata", "fldinst", "nonshppict"}
_FONT_TABLE = "fonttbl"
_CODE_PAGES = {
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    134: "gb2312",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_WESTERN = "cp1252"
_DEEPEST = 10_000


@dataclass(frozen=True)
class _Group:
    """What holds within a pair of braces."""

    font: int = 0
    is_unseen: bool = False
    is_font_table: bool = False
    unicode_skip: int = 1


@dataclass
class _Reading:
    """The state of reading: open groups, fonts so far, runs so far."""

    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    fonts: dict[int, str] = field(default_factory=dict)
    code_pages: dict[int, str] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    default: int = 0
    skip: int = 0
    is_optional: bool = False

    @property
    def group(self) -> _Group:
        """Return the innermost group."""
        return self.groups[-1]

    def change(self, **values: Any) -> None:
        """Let something else hold in the innermost group."""
        self.groups[-1] = replace(self.group, **values)

    def write(self, text: str) -> None:
        """Add a text, in place of which older programs may find others to skip."""
        if self.skip:
            text, self.skip = text[self.skip :], max(0, self.skip - len(text))
        group = self.group
        if group.is_font_table:
            self.fonts[group.font] = self.fonts.get(group.font, "") + text
        elif text and not group.is_unseen:
            self.runs.append(Run(text, self.fonts.get(group.font, "").partition(";")[0] or None))

    def decode(self, content: bytes) -> None:
        """Add bytes, read as the font of the group has them."""
        self.write(content.decode(self.code_pages.get(self.group.font, _WESTERN), "replace"))


def read_document(path: Path) -> Iterator[Sequence[Run]]:
    """Yield the runs of a rich text."""
    reading = _Reading()
    for token in _TOKEN.finditer(path.read_bytes()):
        word, number, byte, symbol, brace, plain = token.groups()
        if brace:
            _turn(reading, is_open=brace == b"{")
        elif word:
            _obey(reading, word.decode(), int(number) if number else None)
        elif symbol == b"*":
            reading.is_optional = True
        elif symbol:
            reading.write(symbol.decode() if symbol in _LITERAL else _SYMBOLS.get(symbol, ""))
        elif byte or plain:
            reading.decode(bytes.fromhex(byte.decode()) if byte else plain)
    yield reading.runs


def _turn(reading: _Reading, *, is_open: bool) -> None:
    reading.is_optional, reading.skip = False, 0
    if is_open and len(reading.groups) < _DEEPEST:
        reading.groups.append(reading.group)
    elif not is_open and len(reading.groups) > 1:
        reading.groups.pop()


def _obey(reading: _Reading, word: str, number: int | None) -> None:
    """Follow a control word; one that may be left out brings nothing that is shown."""
    if reading.is_optional or word in _UNSEEN:
        reading.is_optional = False
        reading.change(is_unseen=True)
    elif word == _FONT_TABLE:
        reading.change(is_font_table=True)
    elif word == "u" and number is not None:
        reading.write(_character(number))
        reading.skip = reading.group.unicode_skip
    elif word in _SPACES:
        reading.write(_SPACES[word])
    else:
        _set(reading, word, number or 0)


def _set(reading: _Reading, word: str, number: int) -> None:
    if word == "f":
        reading.change(font=number)
    elif word == "fcharset" and reading.group.is_font_table:
        reading.code_pages[reading.group.font] = _CODE_PAGES.get(number, _WESTERN)
    elif word == "uc":
        reading.change(unicode_skip=max(0, number))
    elif word == "deff":
        reading.default = number
        reading.change(font=number)
    elif word == "plain":
        reading.change(font=reading.default)


def _character(number: int) -> str:
    """Return a character by its number, which older programs count below nought."""
    character = chr(number % 0x10000)
    return "\ufffd" if unicodedata.category(character) == "Cs" else character
