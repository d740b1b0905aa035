"""Say what a reader asks for, as a small tree that no search engine needs to know."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import pairwise
from operator import and_, or_
from typing import Protocol, Self, TypeVar

from search_index.analysis import exact_key, fold_key, tokens
from search_index.language.fields import Filter


@dataclass(frozen=True, slots=True)
class Word:
    """Match one word, whatever its accents."""

    fold: str
    exact: str

    @staticmethod
    def of(text: str) -> "Word":
        """Return the word that a token of a text stands for."""
        return _word(text)

    @property
    def accented(self) -> bool:
        """Tell whether the word was typed with accents."""
        return not self.exact.isascii()


@lru_cache(maxsize=1 << 16)
def _word(text: str) -> Word:
    return Word(fold_key(text), exact_key(text))


@dataclass(frozen=True, slots=True)
class Accented:
    """Match one word with just these accents."""

    exact: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Match two or more words that follow one another, whatever their accents."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Symbol:
    """Match the documents whose own number begins with this key."""

    key: str


@dataclass(frozen=True, slots=True)
class Cites:
    """Match the pages that mention the document number with this key."""

    key: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Match every word that begins with this key."""

    fold: str


@dataclass(frozen=True, slots=True)
class Issued:
    """Match the documents issued from the first to the last day, yyyymmdd, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class OrElse:
    """Match the word as typed or, where that occurs nowhere, the one that was meant."""

    typed: Word
    meant: Word


@dataclass(frozen=True, slots=True)
class And:
    """Match what every part matches; neighbouring words were typed side by side."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Match what any part matches; without parts, nothing."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Match what the part does not match."""

    part: "Node"


Leaf = Word | Accented | Phrase | Symbol | Cites | Prefix | Issued
Node = Leaf | OrElse | And | Or | Not

NOTHING = Or(())


class Mask(Protocol):
    """Hold a set whose members are combined with &, | and ~."""

    def __and__(self, other: Self, /) -> Self: ...
    def __or__(self, other: Self, /) -> Self: ...
    def __invert__(self) -> Self: ...


AnyMask = TypeVar("AnyMask", bound=Mask)


@dataclass(frozen=True, slots=True)
class Query:
    """Hold a parsed question; it is false when it asks for no words.

    The filters are for whoever knows the fields of the documents: an index does not.
    """

    root: Node
    filters: tuple[Filter, ...] = ()

    def __bool__(self) -> bool:
        return self.root != NOTHING


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order."""
    return tuple(Word.of(token.text) for token in tokens(text))


def adjacent(words: tuple[Word, ...]) -> Word | Phrase:
    """Return the words as one thing that is there or not."""
    return words[0] if len(words) == 1 else Phrase(words)


def combine(parts: Sequence[Node], kind: type[And] | type[Or]) -> Node:
    """Return the parts under one roof, a single part as itself."""
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def settle(node: Node, occurs: Callable[[Word], bool]) -> Node:
    """Return the tree with each doubtful word decided by what occurs."""
    match node:
        case OrElse(typed, meant):
            return typed if occurs(typed) else meant
        case And(parts) | Or(parts):
            return type(node)(tuple(settle(part, occurs) for part in parts))
        case Not(part):
            return Not(settle(part, occurs))
        case _:
            return node


def as_typed(node: Node) -> Node:
    """Return the settled tree in which the accents that were typed must be there."""
    match node:
        case Word(exact=exact) if node.accented:
            return Accented(exact)
        case Phrase(words):
            return combine([node, *(Accented(each.exact) for each in words if each.accented)], And)
        case And(parts) | Or(parts):
            return type(node)(tuple(as_typed(part) for part in parts))
        case _:
            return node


def relaxed(node: Node) -> Node:
    """Return the settled tree in which any of the words that were all wanted will do."""
    match node:
        case And(parts):
            refused = [part for part in parts if isinstance(part, Not)]
            asked = [relaxed(part) for part in parts if not isinstance(part, Not)]
            return combine([combine(asked, Or), *refused], And) if asked else node
        case Or(parts):
            return Or(tuple(relaxed(part) for part in parts))
        case _:
            return node


def evaluate(node: Node, mask: Callable[[Leaf], AnyMask]) -> AnyMask:
    """Return the set that a settled tree describes, given the set of each leaf."""
    match node:
        case And(parts):
            return reduce(and_, (evaluate(part, mask) for part in parts))
        case Or(parts):
            return reduce(or_, (evaluate(part, mask) for part in parts))
        case Not(part):
            return ~evaluate(part, mask)
        case OrElse(typed):
            return mask(typed)
        case _:
            return mask(node)


def wanted(node: Node) -> Iterator[Leaf]:
    """Yield the leaves that a document is asked to have, not those it is asked to lack."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from wanted(part)
        case OrElse(typed, meant):
            yield from (typed, meant)
        case Not():
            return
        case _:
            yield node


def neighbours(node: Node) -> Iterator[Phrase]:
    """Yield the pairs of words that a settled tree has side by side.

    What an abbreviation stands for is beside its neighbours as it was typed.
    """
    match node:
        case And(parts):
            for left, right in pairwise(parts):
                last, first = _typed(left)[-1:], _typed(right)[:1]
                if last and first:
                    yield Phrase((*last, *first))
            for part in parts:
                yield from neighbours(part)
        case Or(parts):
            for part in parts:
                yield from neighbours(part)
        case _:
            return


def _typed(node: Node) -> tuple[Word, ...]:
    """Return the words that a part of a question was typed as, where it is nothing but words."""
    match node:
        case Word():
            return (node,)
        case Or(parts) if parts:
            return _typed(parts[0])
        case And(parts) if all(isinstance(part, Word) for part in parts):
            return tuple(part for part in parts if isinstance(part, Word))
        case _:
            return ()
