"""Read what a person typed into the search box."""

import re
from collections.abc import Iterator, Mapping, Sequence

from search_index.abbreviations import ABBREVIATIONS, Abbreviations
from search_index.analysis import TOKEN, clean, tokens
from search_index.query import (
    NOTHING,
    And,
    Cites,
    Node,
    Not,
    Or,
    OrElse,
    Query,
    Symbol,
    Word,
    adjacent,
    combine,
    words_of,
)
from search_index.symbols import LOOSE, NUMBER, YEARLY, number_key
from search_index.telex import reading

_LONGEST = 400
_MOST_ITEMS = 40

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_LOOSE = re.compile(LOOSE)
_ITEM = re.compile(
    rf"""
    (?P<or>(?<!\S)OR(?!\S))
    | (?P<minus>(?<!\S)-(?=[\w"]))?
      (?: "(?P<phrase>[^"]*)"
        | (?<!\w)(?i:s[ốo]):(?P<symbol>0*[1-9][^\s"]*)
        | (?P<number>(?<!\w)(?i:s[ốo])[\s:]+(?:{NUMBER}|{YEARLY})|{NUMBER})
        | (?P<words>{TOKEN}[^\s"]*)
      )
    """,
    re.VERBOSE,
)

Item = re.Match[str]


def parse(text: str, abbreviations: Mapping[str, str] = ABBREVIATIONS) -> Query:
    """Return the question in the text; whatever has no other meaning is words to be found."""
    plain = clean(text)[:_LONGEST].translate(_QUOTES)
    sides = [side for side in _sides(plain) if side]
    if not sides:
        return Query(NOTHING)
    table = Abbreviations(abbreviations)
    whole = combine([_side(side, table) for side in sides], Or)
    if len(sides) == 1 and all(map(_is_plain, sides[0])) and _LOOSE.fullmatch(plain):
        key = number_key(plain)
        whole = Or((Symbol(key), Cites(key), whole))
    return Query(whole)


def _sides(text: str) -> list[list[Item]]:
    """Return the items between one OR and the next; the sides at its ends may be empty."""
    sides: list[list[Item]] = [[]]
    for found, item in enumerate(_ITEM.finditer(text)):
        if found == _MOST_ITEMS:
            break
        if item["or"]:
            sides.append([])
        elif words_of(item.group()):
            sides[-1].append(item)
    return sides


def _side(items: Sequence[Item], table: Abbreviations) -> Node:
    """Return what the items ask for; refusals alone ask for what they refuse."""
    refused = [_thing(item) for item in items if item["minus"]]
    if len(refused) == len(items):
        return combine(refused, And)
    asked = [part for item in items if not item["minus"] for part in _parts(item)]
    return combine([*table.expand(asked), *map(Not, refused)], And)


def _is_plain(item: Item) -> bool:
    return bool(item["words"]) and not item["minus"]


def _parts(item: Item) -> Iterator[Node]:
    if item["words"]:
        yield from (_typed(token.text) for token in tokens(item["words"]))
    else:
        yield _thing(item)


def _thing(item: Item) -> Node:
    """Return an item as one thing that is there or not."""
    if item["symbol"]:
        return Symbol(number_key(item["symbol"]))
    if item["number"]:
        key = number_key(item["number"])
        words = tuple(word for word in words_of(item["number"]) if word.fold != "so")
        return Or((Symbol(key), Cites(key), adjacent(words)))
    return adjacent(words_of(item["phrase"] or item["words"]))


def _typed(word: str) -> Node:
    meant = reading(word)
    return OrElse(Word.of(word), Word.of(meant)) if meant else Word.of(word)
