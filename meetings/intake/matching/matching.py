"""Weigh what speaks for each item; sure only where nothing contradicts and nothing else is near."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log

from meetings.intake.matching.names import item_number, title_words


class Certainty(StrEnum):
    """How sure a match is."""

    SURE = "sure"
    GUESS = "guess"
    LOOK = "look"


@dataclass(frozen=True, kw_only=True)
class File:
    """A file: its name, its folder's and, once it was read, its own number and subject."""

    id: str
    name: str
    folder: str = ""
    symbol: str = ""
    subject: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """An agenda item: its number as shown, its title, who presents it."""

    id: str
    number: str
    title: str
    presenter: str = ""


@dataclass(frozen=True)
class Match:
    """The item of a file, if there is one, and how sure that is."""

    file: str
    item: str | None
    certainty: Certainty


STRONG, FAIR, WEAK = 0.6, 0.42, 0.22  # shares of the words that tell titles apart
AHEAD = 0.18  # of the next best title
LONELY = 0.3  # how much one word in common counts of what several would
KIND_WORDS = frozenset(
    [
        "to",
        "trinh",
        "bao",
        "cao",
        "ke",
        "hoach",
        "nghi",
        "quyet",
        "du",
        "thao",
        "ket",
        "luan",
        "quyet",
        "dinh",
        "phu",
        "luc",
        "so",
    ]
)
AGREES = 0.2  # a title that does not contradict a number


def match(files: Sequence[File], items: Sequence[Item]) -> list[Match]:
    """Return the item of each file; all names together tell whether they are numbered by item."""
    weights = _weights(items)
    numbered = _are_numbered(files, items, weights)
    return [_found(file, items, weights, numbered=numbered) for file in files]


def _found(
    file: File, items: Sequence[Item], weights: Mapping[str, float], *, numbered: bool
) -> Match:
    """Return what a file says of itself, and where that is little what its folder says."""
    own = _matched(file, items, weights, numbered=numbered)
    if not file.folder:
        return own
    hint = replace(file, name=file.folder, subject="")
    by_folder = _matched(hint, items, weights, numbered=False)
    if own.certainty is Certainty.SURE and by_folder.item == own.item:
        return own
    if by_folder.item in {None, own.item}:
        return by_folder if by_folder.item and _numbered(hint, items) else own
    if own.item is None or _counts_within(file, _numbered(hint, items), items):
        return replace(by_folder, certainty=Certainty.GUESS)
    return own


def _counts_within(file: File, folder: Item | None, items: Sequence[Item]) -> bool:
    """Tell whether a name's number counts the papers of its folder's item, not the items."""
    own = _numbered(file, items)
    return folder is not None and own is not None and not _is_part(own, folder)


def _matched(
    file: File, items: Sequence[Item], weights: Mapping[str, float], *, numbered: bool
) -> Match:
    scores = {item.id: _likeness(file, item, weights) for item in items}
    ranked = sorted(items, key=lambda item: -scores[item.id])
    by_number = _numbered(file, items)
    best = ranked[0] if ranked and scores[ranked[0].id] >= WEAK else None
    ahead = scores[best.id] - scores[ranked[1].id] if best and len(ranked) > 1 else 1.0
    if by_number and (best is None or best is by_number or _is_part(best, by_number)):
        chosen = best if best and scores[best.id] >= FAIR else by_number
        agrees = scores[chosen.id] >= AGREES
        sure = agrees or (numbered and not title_words(file.name)[2:])
        return Match(file.id, chosen.id, Certainty.SURE if sure else Certainty.GUESS)
    if best is None:
        return Match(file.id, None, Certainty.LOOK)
    sure = scores[best.id] >= STRONG and ahead >= AHEAD and by_number is None
    if sure:
        return Match(file.id, best.id, Certainty.SURE)
    clear = scores[best.id] >= FAIR and ahead >= AHEAD / 2
    return Match(file.id, best.id if clear else None, Certainty.GUESS if clear else Certainty.LOOK)


def _numbered(file: File, items: Sequence[Item]) -> Item | None:
    """Return the item whose number begins a name; `2.1` is a paper of an item 2 without parts."""
    number = item_number(file.name)
    if number is None:
        return None
    exact = next((item for item in items if item.number == number), None)
    whole = number.partition(".")[0]
    parts = any(item.number.startswith(f"{whole}.") for item in items)
    return exact or next((i for i in items if i.number == whole and not parts), None)


def _is_part(item: Item, of: Item) -> bool:
    return item.number.startswith(f"{of.number}.")


def _are_numbered(
    files: Sequence[File], items: Sequence[Item], weights: Mapping[str, float]
) -> bool:
    """Tell whether numbers and titles agree in most names that have both."""
    agreed, both = 0, 0
    for file in files:
        item = _numbered(file, items)
        if item is None or not title_words(file.name):
            continue
        both += 1
        agreed += _likeness(file, item, weights) >= AGREES
    return both > 0 and agreed >= 0.7 * both


def _weights(items: Sequence[Item]) -> dict[str, float]:
    """Give words that stand in few titles more weight."""
    counts = Counter(word for item in items for word in set(title_words(item.title)))
    return {word: 1 + log(len(items) / count) for word, count in counts.items()}


def _likeness(file: File, item: Item, weights: Mapping[str, float]) -> float:
    """Return the weighted share of words that a file and an item have in common."""
    title = set(title_words(f"{item.title} {item.presenter}"))
    texts = [words for words in (title_words(file.name), title_words(file.subject)) if words]
    return max((_share(set(words), title, weights) for words in texts), default=0.0)


def _share(words: set[str], title: set[str], weights: Mapping[str, float]) -> float:
    def weight(of: set[str]) -> float:
        return sum(weights.get(word, 1.0) for word in of)

    common, smaller = words & title, min(weight(words), weight(title))
    if not common:
        return 0.0
    return weight(common) / smaller * (1.0 if len(common) > 1 and common - KIND_WORDS else LONELY)
