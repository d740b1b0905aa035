"""Turn what a person typed into a tree that no engine needs to know."""

import re
from collections.abc import Iterator, Mapping, Sequence

from search_index.abbreviations import ABBREVIATIONS, Abbreviations
from search_index.analysis import clean, fold_key, tokens
from search_index.language.dates import day
from search_index.language.fields import Filter
from search_index.language.lexer import Kind, Lexeme, lexemes, plain
from search_index.query import (
    NOTHING,
    And,
    Cites,
    Issued,
    Node,
    Not,
    Or,
    OrElse,
    Prefix,
    Query,
    Symbol,
    Word,
    adjacent,
    combine,
    words_of,
)
from search_index.symbols import LOOSE, number_key, run_key
from search_index.telex import reading

_LOOSE = re.compile(LOOSE)
_BARE = re.compile(r"(?i:s[ốo]\W{1,3})?0*([1-9][0-9]{0,4})")
_SHORTEST_PREFIX = 2
_SPACES = re.compile(r"\s+")


def parse(
    text: str, abbreviations: Mapping[str, str] = ABBREVIATIONS, *, unfinished: bool = False
) -> Query:
    """Return the question in the text; whatever has no other meaning is words to be found.

    Of an unfinished text the last word may still be going on.
    """
    typed = plain(text)
    found = list(lexemes(typed))
    filters = tuple(each.filter for each in found if each.filter)
    sides = [side for side in _sides(found) if side]
    if not sides:
        return Query(NOTHING, filters)
    table = Abbreviations(abbreviations)
    open_end = unfinished and typed[-1:].isalnum() and sides[-1][-1] is found[-1]
    roots = [_side(side, table) for side in sides[:-1]]
    roots.append(_side(sides[-1], table, open_end=open_end))
    if len(sides) == 1 and all(map(_is_plain, sides[0])):
        roots = [*_numbers(" ".join(each.text for each in sides[0])), *roots]
    return Query(combine([root for root in roots if root != NOTHING], Or), filters)


def _numbers(text: str) -> Iterator[Node]:
    """Yield the document numbers that a text without any sign of one may be."""
    if bare := _BARE.fullmatch(text):
        yield Symbol(run_key(bare[1]))
    elif _LOOSE.fullmatch(text):
        key = number_key(text)
        yield from (Symbol(key), Cites(key))


def without(text: str, taken: Filter) -> str:
    """Return a text without one of its filters."""
    return _SPACES.sub(" ", plain(text).replace(taken.source, " ", 1)).strip(" ,;")


def _sides(found: Sequence[Lexeme]) -> list[list[Lexeme]]:
    """Return the things between one OR and the next; the sides at its ends may be empty."""
    sides: list[list[Lexeme]] = [[]]
    for lexeme in found:
        if lexeme.kind is Kind.OR:
            sides.append([])
        elif lexeme.kind is not Kind.FILTER and words_of(lexeme.text):
            sides[-1].append(lexeme)
    return sides


def _side(found: Sequence[Lexeme], table: Abbreviations, *, open_end: bool = False) -> Node:
    """Return what the things ask for; refusals alone ask for what they refuse."""
    refused = [_thing(lexeme) for lexeme in found if lexeme.refused]
    if len(refused) == len(found):
        return combine(refused, And)
    asked = [part for lexeme in found if not lexeme.refused for part in _parts(lexeme)]
    if open_end and _is_plain(found[-1]):
        asked[-1:] = _beginning(asked[-1])
    parts = [*table.expand(asked), *map(Not, refused)]
    return combine(parts, And) if parts else NOTHING


def _is_plain(lexeme: Lexeme) -> bool:
    return lexeme.kind is Kind.WORDS and not lexeme.refused


def _beginning(part: Node) -> list[Node]:
    """Return the last word of an unfinished text as one that may go on; one letter says nothing."""
    word = part.typed if isinstance(part, OrElse) else part
    if not isinstance(word, Word):
        return [part]
    return [Prefix(word.fold)] if len(word.fold) >= _SHORTEST_PREFIX else []


def _parts(lexeme: Lexeme) -> Iterator[Node]:
    if lexeme.kind is Kind.WORDS:
        yield from (_typed(token.text) for token in tokens(lexeme.text))
    else:
        yield _thing(lexeme)


def _thing(lexeme: Lexeme) -> Node:
    """Return one thing that is there or not."""
    match lexeme.kind:
        case Kind.OWN_NUMBER:
            return Symbol(number_key(lexeme.text))
        case Kind.NUMBER:
            key = number_key(lexeme.text)
            words = tuple(word for word in words_of(lexeme.text) if word.fold != "so")
            return Or((Symbol(key), Cites(key), adjacent(words)))
        case Kind.PREFIX:
            return Prefix(fold_key(clean(lexeme.text)))
        case Kind.DATE:
            return _dated(lexeme.text)
        case _:
            return adjacent(words_of(lexeme.text))


def _dated(text: str) -> Node:
    """Return a date as the day of issue or as words in a text, which may tell of another day."""
    said = combine(words_of(text), And)
    days = day(text)
    return Or((Issued(days.first, days.last), said)) if days else said


def _typed(word: str) -> Node:
    meant = reading(word)
    return OrElse(Word.of(word), Word.of(meant)) if meant else Word.of(word)
