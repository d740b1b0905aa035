"""Say what changed from one version of a paper to the next, paragraph by paragraph."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from meetings.intake.comparison.paragraphs import Paragraph, paragraphs


class ChangeKind(StrEnum):
    """What happened to a paragraph."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True)
class Piece:
    """Words that stay (old equals new), go, come or take another's place."""

    old: str
    new: str
    has_numbers: bool


@dataclass(frozen=True)
class Change:
    """A paragraph that changed, with its page and its place on both sides."""

    kind: ChangeKind
    old_page: int | None
    new_page: int | None
    old_place: int | None
    new_place: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Comparison:
    """All changes in the order of the new version, and how many there are of each kind."""

    changes: tuple[Change, ...]
    counts: dict[str, int]


ALIKE = 0.5  # share of common words from which two paragraphs are one that changed
NEAR = 8  # paragraphs searched for the one that changed


def compare(old: Sequence[str], new: Sequence[str]) -> Comparison:
    """Return the changes between two versions, given as the texts of their pages."""
    left, right = paragraphs(old), paragraphs(new)
    pairs = dict(_pairs(left, right))
    changes = _settled(left, right, pairs)
    counts = Counter(change.kind.value for change in changes)
    return Comparison(tuple(changes), {kind.value: counts[kind.value] for kind in ChangeKind})


def _pairs(left: list[Paragraph], right: list[Paragraph]) -> Iterator[tuple[int, int]]:
    """Yield the places of paragraphs that stay in order, equal or changed."""
    a, b = [p.words for p in left], [p.words for p in right]
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    replaced = [code for code in codes if code[0] != "equal"]
    gone = {words for code in replaced for words in a[code[1] : code[2]]}
    moved = gone & {words for code in replaced for words in b[code[3] : code[4]]}
    for tag, *ends in codes:
        olds, news = range(*ends[:2]), range(*ends[2:])
        if tag == "equal":
            yield from zip(olds, news, strict=True)
        elif tag == "replace":
            free = [at for at in olds if a[at] not in moved]
            yield from _changed(left, right, free, [at for at in news if b[at] not in moved])


def _changed(
    left: list[Paragraph], right: list[Paragraph], olds: list[int], news: list[int]
) -> Iterator[tuple[int, int]]:
    start = 0
    for old in olds:
        near = range(start, min(start + NEAR, len(news)))
        best = max(near, key=lambda at: _alike(left[old], right[news[at]]), default=None)
        if best is not None and _alike(left[old], right[news[best]]) >= ALIKE:
            yield old, news[best]
            start = best + 1


def _alike(a: Paragraph, b: Paragraph) -> float:
    common = (Counter(a.words) & Counter(b.words)).total()
    return 2 * common / (len(a.words) + len(b.words))


def _settled(left: list[Paragraph], right: list[Paragraph], pairs: dict[int, int]) -> list[Change]:
    gone = defaultdict(list)
    for at, paragraph in enumerate(left):
        if at not in pairs:
            gone[paragraph.words].append(at)
    backward = {new: old for old, new in pairs.items()}
    changes = []
    for at, paragraph in enumerate(right):
        old = backward.get(at)
        if old is not None and left[old].words != paragraph.words:
            changes.append(_change(ChangeKind.CHANGED, left, right, old, at))
        elif old is None:
            moved = gone[paragraph.words].pop(0) if gone[paragraph.words] else None
            kind = ChangeKind.ADDED if moved is None else ChangeKind.MOVED
            changes.append(_change(kind, left, right, moved, at))
    removed = sorted(at for places in gone.values() for at in places)
    return changes + [_change(ChangeKind.REMOVED, left, right, at, None) for at in removed]


def _change(
    kind: ChangeKind,
    left: list[Paragraph],
    right: list[Paragraph],
    old: int | None,
    new: int | None,
) -> Change:
    before = left[old] if old is not None else None
    after = right[new] if new is not None else None
    pieces = _pieces(before.words if before else (), after.words if after else ())
    return Change(
        kind,
        before.page if before else None,
        after.page if after else None,
        old,
        new,
        tuple(pieces),
    )


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        before, after = " ".join(old[a:b]), " ".join(new[c:d])
        numbers = tag != "equal" and any(map(str.isdigit, before + after))
        yield Piece(before, after, numbers)
