"""The names of folders and files in the tree that Công văn 1361-CV/BTCTW prescribes."""

from collections.abc import Sequence
from dataclasses import dataclass

from meetings.intake.dossiers.catalogue import KINDS
from meetings.intake.fold import fold

PARTS, DIGITS = 5, 3
"""An organisation's code has five parts of three digits, but for the first, which has two."""

IDENTITY_DIGITS = 12


@dataclass(frozen=True, kw_only=True)
class Style:
    """How names are spelt where readers of the letter differ."""

    between_words: str = " "
    between_names: str = ""
    one_level: bool = False
    """Whether code and person share one folder, `code_id_Name`, or the person's lies within."""


USUAL = Style()


def file_name(kind: int, nth: int | None, of: int, *, style: Style = USUAL) -> str:
    """Return the name of a paper's file; the nth of one, or an undated one, has no number."""
    title = style.between_words.join(_words(KINDS[kind].title))
    place = f".{nth}" if nth is not None and of > 1 else ""
    return f"{kind:02d}.{title}{place}.pdf"


def folder_name(code: str, citizen_id: str, name: str, *, style: Style = USUAL) -> str:
    """Return the folder of a member, with its parent unless the style has one level only.

    Raise ValueError for a code, an identity number or a name that cannot be one.
    """
    person = style.between_names.join(map(_capitalised, _words(name)))
    if len(citizen_id) != IDENTITY_DIGITS or not _is_number(citizen_id) or not person:
        message = "a member's folder asks for twelve digits and a name"
        raise ValueError(message)
    between = "_" if style.one_level else "/"
    return f"{_code(code)}{between}{citizen_id}_{person}"


def _code(code: str) -> str:
    parts = code.strip().split(".")
    if len(parts) != PARTS or not all(map(_is_number, parts)):
        message = f"a code has {PARTS} numbers, parted by dots"
        raise ValueError(message)
    padded = [part.zfill(DIGITS if place else DIGITS - 1) for place, part in enumerate(parts)]
    if [len(part) for part in padded] != [DIGITS - 1, *[DIGITS] * (PARTS - 1)]:
        message = f"a part of a code has at most {DIGITS} digits"
        raise ValueError(message)
    return ".".join(padded)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _words(text: str) -> Sequence[str]:
    """Return the words without marks, their capitals kept, of letters and digits only."""
    letters = zip(text, fold(text), strict=True)
    bare = "".join(plain.upper() if letter.isupper() else plain for letter, plain in letters)
    return "".join(c if c.isascii() and c.isalnum() else " " for c in bare).split()


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:].lower()
