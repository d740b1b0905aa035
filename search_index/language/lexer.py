"""Cut what a person typed into the things that it is made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from search_index.analysis import TOKEN, clean
from search_index.language.dates import DATE
from search_index.language.fields import FIELD, Field, Filter, field_of, read
from search_index.symbols import NUMBER, YEARLY

LONGEST = 600
MOST = 60

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_OWN_NUMBER = re.compile(r'0*[1-9][^\s"]*')
_ITEM = re.compile(
    rf"""
    (?P<OR>(?<!\S)OR(?!\S))
    | (?P<refused>(?<!\S)-(?=[\w"]))?
      (?: "(?P<PHRASE>[^"]*)"
        | (?P<FIELD>(?i:{FIELD}))
        | (?P<DATE>(?i:{DATE}))
        | (?P<NUMBER>(?<!\w)(?i:s[ốo])[\s:]+(?:{NUMBER}|{YEARLY})|{NUMBER})
        | (?P<PREFIX>(?<![\w])[^\W_]{{2,}}(?=\*+(?:\s|$))) \*+
        | (?P<WORDS>{TOKEN}[^\s"]*)
      )
    """,
    re.VERBOSE,
)


class Kind(Enum):
    """What a thing in the text is."""

    OR = auto()
    PHRASE = auto()
    FILTER = auto()
    OWN_NUMBER = auto()
    DATE = auto()
    NUMBER = auto()
    PREFIX = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """Hold one thing that was typed."""

    kind: Kind
    text: str
    refused: bool = False
    filter: Filter | None = None


def plain(text: str) -> str:
    """Return the text that is read: clean, not too long, with one sort of quotes."""
    return clean(text[: 4 * LONGEST])[:LONGEST].translate(_QUOTES)


def lexemes(text: str) -> Iterator[Lexeme]:
    """Yield the things in a plain text in order, no more than somebody types on purpose."""
    at = 0
    for _ in range(MOST):
        found = _ITEM.search(text, at)
        if not found:
            return
        name, refused = found.lastgroup or "", bool(found["refused"])
        special = _special(text, found, refused=refused) if name == "FIELD" else None
        if special:
            lexeme, at = special
        elif name == "FIELD":
            lexeme, at = Lexeme(Kind.WORDS, found["FIELD"], refused), found.end()
        else:
            lexeme, at = Lexeme(Kind[name], found[name], refused), found.end()
        yield lexeme


def _special(text: str, found: re.Match[str], *, refused: bool) -> tuple[Lexeme, int] | None:
    """Return what stands behind the name of a field, if it can be read, and where it ends."""
    name, at = found["FIELD"], found.end()
    field = field_of(name)
    if field is Field.NUMBER:
        own = _OWN_NUMBER.match(text, at)
        return (Lexeme(Kind.OWN_NUMBER, own[0], refused), own.end()) if own else None
    taken = read(field, text[at:])
    if taken is None:
        return None
    asked, length = taken
    asked = replace(asked, source=text[found.start() : at + length], refused=refused)
    return Lexeme(Kind.FILTER, asked.source, refused, asked), at + length
