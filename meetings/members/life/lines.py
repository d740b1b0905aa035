"""The rows of a list of members: what each says, what is wrong with it, who is there already."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from meetings.intake.fold import words_of
from meetings.intake.legacy import Encoding, guess, repair
from meetings.members.life.cells import Fault, Faulty, order_faults, read_cell
from meetings.members.life.headings import ADMITTED_ON, NEEDED, OFFICIAL_ON

TWINS = 50
"""Rows of the same name and year of birth that a row is held against."""


@dataclass(frozen=True)
class Known:
    """Somebody who is in the register already."""

    id: UUID
    name: str
    birth: str
    card: str
    admitted_on: date | None
    present: bool


class Verdict(StrEnum):
    """What becomes of a row."""

    READY = "ready"
    DOUBTFUL = "doubtful"
    """Somebody of the same name and birth is there; entered only if it is another person."""
    REFUSED = "refused"


@dataclass(frozen=True)
class Line:
    """A row: its number in the file, its facts as they are kept, what is wrong, who is alike."""

    number: int
    facts: Mapping[str, str]
    faults: Mapping[str, Fault] = field(default_factory=dict)
    alike: tuple[Known, ...] = ()
    twins: tuple[int, ...] = ()
    """Rows above it of the same name and birth."""
    is_other: bool = False

    @property
    def verdict(self) -> Verdict:
        """Tell what becomes of the row."""
        if self.faults:
            return Verdict.REFUSED
        alike = bool(self.alike or self.twins) and not self.is_other
        return Verdict.DOUBTFUL if alike else Verdict.READY


@dataclass(frozen=True)
class Reading:
    """How the rows of a list are to be read."""

    columns: Mapping[str, int]
    heading: int
    until: date
    others: frozenset[int] = frozenset()


def encoding_of(rows: Sequence[Sequence[str]]) -> str:
    """Return the old font in which a list seems to be written, empty for Unicode."""
    found = guess("\n".join(" ".join(row) for row in rows))
    return found.value if found else ""


def in_unicode(rows: Sequence[Sequence[str]], encoding: str) -> list[list[str]]:
    """Return the cells of a list written in an old font as everybody can read them."""
    if encoding not in set(Encoding):
        return [list(row) for row in rows]
    return [[repair(cell, Encoding(encoding)) for cell in row] for row in rows]


def lines_of(rows: Sequence[Sequence[str]], reading: Reading, known: Sequence[Known]) -> list[Line]:
    """Return the rows of a list below its headings, without those that say nothing."""
    told = enumerate(rows[reading.heading + 1 :], start=reading.heading + 2)
    read = [line for number, row in told if (line := _line(number, row, reading)).facts]
    return _beside_each_other(_beside_the_register(read, known))


def _line(number: int, row: Sequence[str], reading: Reading) -> Line:
    facts: dict[str, str] = {}
    faults: dict[str, Fault] = {}
    for name, column in reading.columns.items():
        text = row[column] if column < len(row) else ""
        try:
            facts[name] = read_cell(name, text)
        except Faulty as faulty:
            facts[name], faults[name] = text, faulty.fault
    if not any(facts.values()):
        return Line(number, {})
    missing = {name: Fault.MISSING for name in NEEDED if not facts.get(name)}
    faults = missing | faults
    if not faults and guess(" ".join(facts.values())):
        faults = {"full_name": Fault.OLD_FONT}
    dated = ("birth_date", ADMITTED_ON, OFFICIAL_ON)
    days = {name: facts.get(name, "") for name in dated if name not in faults}
    faults = order_faults(days, reading.until) | faults
    return Line(number, facts, faults, is_other=number in reading.others)


def _beside_the_register(lines: Sequence[Line], known: Sequence[Known]) -> list[Line]:
    """Say of each row who in the register has its card, or its name and birth."""
    cards = {one.card: one for one in known if one.card and one.present}
    names = defaultdict(list)
    for one in known:
        names[_alike(one.name, one.birth)].append(one)
    return [_compared(line, cards, names) for line in lines]


def _compared(
    line: Line, cards: Mapping[str, Known], names: Mapping[tuple[str, str], Sequence[Known]]
) -> Line:
    card, birth = line.facts.get("card_number", ""), line.facts.get("birth_date", "")
    same = names.get(_alike(line.facts.get("full_name", ""), birth), ())
    alike = tuple(one for one in same if _may_be(one.birth, birth))
    holder = cards.get(card)
    admitted = line.facts.get(ADMITTED_ON, "")
    if any((card and one.card == card) or str(one.admitted_on) == admitted for one in alike):
        return replace(line, alike=alike, faults={"full_name": Fault.KNOWN, **line.faults})
    if holder:
        taken = {"card_number": Fault.CARD_TAKEN}
        return replace(line, alike=(holder, *alike), faults=taken | dict(line.faults))
    return replace(line, alike=alike)


def _beside_each_other(lines: Sequence[Line]) -> list[Line]:
    """Say of each row which others of the file have its card, or its name and birth."""
    cards, names = defaultdict(list), defaultdict(list)
    for line in lines:
        if card := line.facts.get("card_number"):
            cards[card].append(line.number)
        if line.facts.get("full_name"):
            names[_alike(line.facts["full_name"], line.facts.get("birth_date", ""))].append(line)
    shared = {number for numbers in cards.values() if len(numbers) > 1 for number in numbers}
    twins = {line.number: found for same in names.values() for line, found in _twins(same)}
    return [_judged(line, twins.get(line.number, ()), shared) for line in lines]


def _twins(same: Sequence[Line]) -> Iterator[tuple[Line, tuple[Line, ...]]]:
    for place, line in enumerate(same):
        above = [one for one in same[: min(place, TWINS)] if _same_birth(one, line)]
        if above:
            yield line, tuple(above)


def _judged(line: Line, twins: Sequence[Line], shared: set[int]) -> Line:
    admitted = line.facts.get(ADMITTED_ON)
    faults = dict(line.faults)
    if line.number in shared:
        faults.setdefault("card_number", Fault.CARD_IN_FILE)
    if any(one.facts.get(ADMITTED_ON) == admitted for one in twins):
        faults.setdefault("full_name", Fault.TWICE)
    return replace(line, twins=tuple(one.number for one in twins), faults=faults)


def _same_birth(one: Line, other: Line) -> bool:
    return _may_be(one.facts.get("birth_date", ""), other.facts.get("birth_date", ""))


def _may_be(one: str, other: str) -> bool:
    """Tell whether two days of birth, of which one may be a year alone, can be the same."""
    return one.startswith(other) or other.startswith(one)


def _alike(name: str, birth: str) -> tuple[str, str]:
    """Return what two rows of one person share, however their names are typed."""
    return words_of(name), birth[:4]
