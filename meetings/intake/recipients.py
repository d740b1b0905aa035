"""Say which bodies the lines under "Nơi nhận" mean; a proposal, which a person confirms."""

from collections.abc import Sequence
from dataclasses import dataclass

from meetings.intake.fold import words_of

FILED = ("luu ", "nhu tren", "nhu dieu")
"""How a line begins that names no reader: the copy for the file, or whom the text names."""
EVERYBODY = ("toan dang bo tinh", "toan dang bo", "cac to chuc dang trong tinh", "dang vien toan")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("tinh uy vien", ("executive_committee",)),
    ("uy vien ban thuong vu", ("standing_committee",)),
    ("cac ban xay dung dang", ("advisory_body", "party_office", "inspection_commission")),
    ("cac ban dang", ("advisory_body", "party_office", "inspection_commission")),
    ("co quan tham muu giup viec", ("advisory_body", "party_office", "inspection_commission")),
    ("cac dang uy xa phuong", ("commune_committee",)),
    ("cac dang uy", ("party_committee", "commune_committee")),
    ("cap uy truc thuoc", ("party_committee", "commune_committee")),
    ("cac chi bo", ("cell",)),
    ("cac so ban nganh", ("state_body",)),
)
SHORTEST = 2
"""Words that a name must have, so that no abbreviation is found in another word."""


@dataclass(frozen=True)
class Addressee:
    """A body of the organisation as the lines may name it."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True)
class Circulation:
    """Whether everybody is meant, and which bodies are."""

    everybody: bool
    bodies: frozenset[str]


def circulation_of(lines: Sequence[str], known: Sequence[Addressee]) -> Circulation:
    """Return whom the lines mean among the bodies that are known."""
    read = [words_of(line).replace("-", " ").strip() for line in lines]
    named = [line for line in read if not line.startswith(FILED)]
    everybody = any(said in line for line in named for said in EVERYBODY)
    found = {body for line in named for body in _meant(line, known)}
    return Circulation(everybody, frozenset(found))


def _meant(line: str, known: Sequence[Addressee]) -> set[str]:
    kinds, rest = set[str](), line
    for said, group in GROUPS:
        if said in rest:
            kinds.update(group)
            rest = rest.replace(said, "|")
    if kinds:
        return {body.id for body in known if body.kind in kinds}
    return _named(line, known)


def _named(line: str, known: Sequence[Addressee]) -> set[str]:
    """Return the bodies whose names stand in a line; a longer name covers those inside it."""
    found: set[str] = set()
    names = sorted(((words_of(body.name), body.id) for body in known), key=_longest_first)
    rest = f" {line} "
    for name, identity in names:
        if len(name.split()) >= SHORTEST and f" {name} " in rest:
            found.add(identity)
            rest = rest.replace(f" {name} ", " | ")
    return found


def _longest_first(named: tuple[str, str]) -> tuple[int, str]:
    name, identity = named
    return -len(name), identity
