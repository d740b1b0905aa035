"""How a scan is cut: pieces that follow one another, so that every page is in exactly one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from meetings.intake.dossiers import KINDS, Proposal
from meetings.models import PieceState

QUARTER, FULL_TURN = 90, 360


class Nameless(Exception):
    """A piece cannot be accepted before somebody says which kind of paper it is."""


@dataclass(frozen=True)
class Piece:
    """A run of pages from the first to the last, and what is said of it."""

    first: int
    last: int
    kind: int | None = None
    state: PieceState = PieceState.PROPOSED
    dated: date | None = None
    confidence: float = 0.0
    reason: str = ""

    @property
    def pages(self) -> range:
        """Return the numbers of its pages."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class Strip:
    """The pieces of a scan in order, and by how many degrees clockwise pages are turned."""

    pieces: Sequence[Piece]
    turns: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse pieces between which a page would be lost or in two."""
        follows = all(one.last + 1 == other.first for one, other in pairwise(self.pieces))
        if not self.pieces or not follows or any(not piece.pages for piece in self.pieces):
            message = "the pieces of a strip follow one another"
            raise ValueError(message)

    def at(self, page: int) -> int:
        """Return which piece a page is in; raise KeyError for a page that there is not."""
        for place, piece in enumerate(self.pieces):
            if page in piece.pages:
                return place
        raise KeyError(page)

    def next_open(self, page: int) -> int:
        """Return the page at which the next piece begins of which nothing is said yet."""
        here = self.at(page)
        waiting = [
            place
            for place, piece in enumerate(self.pieces)
            if piece.state is PieceState.PROPOSED and place != here
        ]
        after = next((place for place in waiting if place > here), waiting[0] if waiting else here)
        return self.pieces[after].first

    def to_json(self) -> dict[str, Any]:
        """Return the strip as JSON's own types."""
        return {
            "pieces": [
                [p.first, p.last, p.kind, p.state.value, p.dated and p.dated.isoformat(),
                 p.confidence, p.reason]
                for p in self.pieces
            ],
            "turns": [[number, turn] for number, turn in self.turns.items()],
        }  # fmt: skip

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Strip":
        """Return the strip that was written down."""
        pieces = [
            Piece(
                first, last, kind, PieceState(state),
                date.fromisoformat(dated) if dated else None, confidence, reason,
            )
            for first, last, kind, state, dated, confidence, reason in values["pieces"]
        ]  # fmt: skip
        return cls(pieces, {int(number): int(turn) for number, turn in values["turns"]})


def proposed(proposals: Iterable[Proposal], turns: Mapping[int, int]) -> Strip:
    """Return the strip that is proposed of what was read."""
    pieces = [
        Piece(
            one.first, one.last, one.kind,
            dated=one.dated, confidence=one.confidence, reason=one.reason.value,
        )
        for one in proposals
    ]  # fmt: skip
    return Strip(pieces, dict(turns))


def cut(strip: Strip, page: int) -> Strip:
    """Cut before a page, or take the cut away that is there."""
    place = strip.at(page)
    piece = strip.pieces[place]
    if page == piece.first:
        return merge(strip, page)
    before = replace(piece, last=page - 1, state=PieceState.PROPOSED)
    return _with(strip, place, [before, Piece(page, piece.last)])


def merge(strip: Strip, page: int) -> Strip:
    """Join a page's piece to the one before it; the first one stays as it is."""
    place = strip.at(page)
    if not place:
        return strip
    before, piece = strip.pieces[place - 1 : place + 1]
    joined = replace(
        before,
        last=piece.last,
        kind=before.kind or piece.kind,
        dated=before.dated or piece.dated,
        state=PieceState.PROPOSED,
    )
    return _with(strip, place - 1, [joined], instead_of=2)


def accept(strip: Strip, page: int, kind: int | None = None, dated: date | None = None) -> Strip:
    """Accept a page's piece as a paper of a kind, else of the proposed one; raise Nameless."""
    place = strip.at(page)
    piece = strip.pieces[place]
    named = kind or piece.kind
    if named not in KINDS:
        raise Nameless
    paper = replace(piece, kind=named, dated=dated or piece.dated, state=PieceState.ACCEPTED)
    return _with(strip, place, [paper])


def set_aside(strip: Strip, page: int) -> Strip:
    """Put a page's piece into the review tray, or take it out again."""
    place = strip.at(page)
    piece = strip.pieces[place]
    is_there = piece.state is PieceState.TRAY
    state = PieceState.PROPOSED if is_there else PieceState.TRAY
    return _with(strip, place, [replace(piece, state=state)])


def turn(strip: Strip, page: int) -> Strip:
    """Turn a page by a quarter clockwise."""
    strip.at(page)
    turned = (strip.turns.get(page, 0) + QUARTER) % FULL_TURN
    return replace(strip, turns={**strip.turns, page: turned})


DEEDS: Mapping[str, Callable[..., Strip]] = {
    "cut": cut,
    "merge": merge,
    "accept": accept,
    "tray": set_aside,
    "turn": turn,
}
"""What may be done at a page, by its name."""


def _with(strip: Strip, place: int, pieces: Sequence[Piece], *, instead_of: int = 1) -> Strip:
    rest = strip.pieces[place + instead_of :]
    return replace(strip, pieces=[*strip.pieces[:place], *pieces, *rest])
