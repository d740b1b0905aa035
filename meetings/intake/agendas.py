"""An agenda pasted from a text program: its lines, what is nested in what, and broken numbers."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from meetings.intake.legacy import guess, repair

MOST_LINES = 300
LONGEST_CELL = 600
"""More of a cell is not looked at: no title is as long."""
TIME = r"(\d{1,2})\s*(?:giờ|[:hg])\s*(\d{2})?"
HOURS = re.compile(
    rf"^\(?(?:từ\s+)?{TIME}\s*(?:[-\u2013]|đến)\s*{TIME}\)?\s*[:.,-]?\s*", re.IGNORECASE
)
HOUR = re.compile(rf"^\(?{TIME}\)?\s*[:.,-]?\s*", re.IGNORECASE)
MINUTES = re.compile(r"\s*[(,;-]?\s*\(?(\d{1,3})\s*(?:phút|')\)?\s*\.?$", re.IGNORECASE)
ROMAN = re.compile(r"^(?=[IVX])(X{0,3}(?:IX|IV|V?I{0,3}))\s*[.\-\u2013)/]\s*(?=\S)")
DECIMAL = re.compile(
    r"^(\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=\s*[.\-\u2013)/]))\s*[.\-\u2013)/]?\s*(?=\S)"
)
LETTER = re.compile(r"^([a-zđ])\s*[.)]\s+")
CAPITAL = re.compile(r"^([A-ZĐ])\s*[.)\-\u2013]\s+")
DASH = re.compile(r"^[-\u2013+•*]\s*(?=\S)")
LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True)
class Read:
    """A line as an item: how deep it is nested, its title, how long it takes, who presents it."""

    level: int
    title: str
    minutes: int = 0
    presenter: str = ""


@dataclass(frozen=True)
class Broken:
    """A line whose number does not follow, with the number that it should have."""

    line: int
    found: str
    expected: str


@dataclass(frozen=True)
class Mark:
    """How a line is numbered: in which manner, as which, and how that is written."""

    manner: str
    value: int
    text: str


@dataclass(frozen=True)
class Row:
    """A line in its parts."""

    line: int
    mark: Mark | None
    title: str
    minutes: int
    presenter: str


def read(text: str) -> tuple[list[Read], list[Broken]]:
    """Return the items of a pasted agenda and the lines whose numbering is broken."""
    rows = list(_rows(_unicode(text)))
    if not any(row.mark for row in rows):
        return [Read(0, row.title, row.minutes, row.presenter) for row in rows], []
    items: list[Read] = []
    broken: list[Broken] = []
    order = _Order()
    for row in rows:
        if row.mark is None:
            broken.append(Broken(row.line, row.title, ""))
            continue
        expected = order.follow(row.mark)
        if expected:
            broken.append(Broken(row.line, row.mark.text, expected))
        items.append(Read(order.level, row.title, row.minutes, row.presenter))
    return items, broken


class _Order:
    """Where the numbering stands: the manners nested in each other, and how far each has come."""

    def __init__(self) -> None:
        self._nested: list[Mark] = []
        self._last: dict[str, int] = {}

    @property
    def level(self) -> int:
        return len(self._nested) - 1

    def follow(self, mark: Mark) -> str:
        """Go on to the next mark; return what it should have been where it does not follow."""
        manners = [known.manner for known in self._nested]
        if mark.manner in manners:
            place = manners.index(mark.manner)
            wanted = {self._nested[place].value + 1}
            del self._nested[place:]
        else:
            wanted = {1, self._last.get(mark.manner, 0) + 1}
        above = self._nested[-1] if self._nested else None
        self._nested.append(mark)
        self._last[mark.manner] = mark.value
        head = mark.text.rpartition(".")[0]
        if mark.manner.startswith("decimal") and head and above and above.text != head:
            return f"{above.text}.{min(wanted)}"
        if mark.manner == "dash" or mark.value in wanted:
            return ""
        return _written(mark, min(wanted))


def _written(mark: Mark, value: int) -> str:
    """Return how a manner of numbering writes a value."""
    if mark.manner == "roman":
        return ROMANS[value - 1] if value <= len(ROMANS) else str(value)
    if mark.manner in {"letter", "capital"}:
        letter = LETTERS[(value - 1) % len(LETTERS)]
        return letter if mark.manner == "letter" else letter.upper()
    head = mark.text.rpartition(".")[0]
    return f"{head}.{value}" if head else str(value)


def _unicode(text: str) -> str:
    """Return a text as it is kept: composed, and out of the old fonts in which it was written."""
    encoding = guess(text)
    return unicodedata.normalize("NFC", repair(text, encoding) if encoding else text)


def _rows(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip()[:LONGEST_CELL] for cell in line.split("\t") if cell.strip()]
        if cells:
            yield _row(number, cells)


def _row(number: int, cells: list[str]) -> Row:
    """Read a line: one text, or the cells of a table's row in any order that people use."""
    mark: Mark | None = None
    words: list[str] = []
    minutes = 0
    for position, cell in enumerate(cells):
        spent, rest = _spent(cell)
        minutes = minutes or spent
        if mark is None and not words:
            mark, rest = _marked(rest, alone=position + 1 < len(cells))
            if not spent:
                spent, rest = _spent(rest)
                minutes = minutes or spent
        if rest:
            words.append(rest)
    title = words[0] if words else ""
    return Row(number, mark, title, minutes, "; ".join(words[1:]))


def _spent(text: str) -> tuple[int, str]:
    """Return the minutes that a text names, and the text without them."""
    hours = HOURS.match(text)
    if hours:
        length = _minute(hours[3], hours[4]) - _minute(hours[1], hours[2])
        return max(length, 0), text[hours.end() :].strip()
    named = MINUTES.search(text)
    if named:
        return int(named[1]), text[: named.start()].strip()
    alone = HOUR.match(text)
    return 0, text[alone.end() :].strip() if alone else text


def _minute(hour: str, minute: str | None) -> int:
    """Return which minute of the day it is."""
    return int(hour) * 60 + int(minute or 0)


def _marked(text: str, *, alone: bool) -> tuple[Mark | None, str]:
    """Return the mark with which a text begins, and the rest of it.

    In a cell of its own a number needs nothing behind it.
    """
    if alone and re.fullmatch(r"\d{1,2}(?:\.\d{1,2})*\.?", text):
        return _decimal(text.rstrip(".")), ""
    if found := DECIMAL.match(text):
        return _decimal(found[1]), text[found.end() :]
    if (found := ROMAN.match(text)) and found[1] in ROMANS:
        return Mark("roman", ROMANS.index(found[1]) + 1, found[1]), text[found.end() :]
    found = LETTER.match(text) or CAPITAL.match(text)
    if found and found[1].lower() in LETTERS:
        manner = "letter" if found[1].islower() else "capital"
        return Mark(manner, LETTERS.index(found[1].lower()) + 1, found[1]), text[found.end() :]
    if found := DASH.match(text):
        return Mark("dash", 1, "-"), text[found.end() :]
    return None, text


def _decimal(text: str) -> Mark:
    return Mark(f"decimal{text.count('.')}", int(text.rpartition(".")[2]), text)
