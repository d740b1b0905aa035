"""Why an office file of before 2007 is refused, by the streams of its compound file."""

import re
from pathlib import Path

import olefile

from meetings.intake.verdict import MEBIBYTE, Reason

_LOCKED = {"encryptedpackage", "encryptioninfo", "encryptedsummary"}
_MACROS = {"macros", "_vba_project", "_vba_project_cur", "vba"}
_PROGRAMS = {"\x01ole10native", "\x03ocxname"}
_WORD, _SLIDES, _VIEWER = "WordDocument", "PowerPoint Document", "Current User"
_BOOKS = ("Workbook", "Book")
_WORD_LOCKED = 0x0100  # fEncrypted in the flags of a Word 97 file
_FILE_PASS = 0x002F  # a record of Excel
_SLIDES_LOCKED = (0xF3D1C4DF).to_bytes(4, "little")
# The container of PowerPoint's macros, the atom in it, and its word that there are some.
_SLIDES_MACROS = re.compile(rb"\xff\x03\x14\0\0\0\x02\0\0\x04\x0c\0\0\0.{4}\x01\0\0\0", re.DOTALL)
_DDE = re.compile(rb"\x13\0?(?: \0?){0,4}D\0?D\0?E\0?[ A]", re.IGNORECASE)
_LARGEST = 200 * MEBIBYTE
_HEAD = 4096


def refusal(path: Path) -> Reason | None:
    """Return why a file is refused; raise OSError for one that cannot be read."""
    with olefile.OleFileIO(path, raise_defects=olefile.DEFECT_INCORRECT) as file:
        names = {part.casefold() for entry in file.listdir(storages=True) for part in entry}
        tests = (
            (bool(names & _LOCKED) or _is_locked(file), Reason.ENCRYPTED),
            (bool(names & _MACROS) or _has_slide_macros(file), Reason.MACROS),
            (bool(names & _PROGRAMS) or _has_dde(file), Reason.ACTIVE_CONTENT),
        )
        return next((reason for is_so, reason in tests if is_so), None)


def _is_locked(file: olefile.OleFileIO) -> bool:
    """Tell whether the beginning of the document's stream says that it is encrypted."""
    word = _beginning(file, _WORD)
    return (
        bool(int.from_bytes(word[10:12], "little") & _WORD_LOCKED)
        or any(_is_locked_book(_beginning(file, book)) for book in _BOOKS)
        or _beginning(file, _VIEWER)[12:16] == _SLIDES_LOCKED
    )


def _is_locked_book(records: bytes) -> bool:
    """Tell whether one of the records that follow the book's beginning asks for a password."""
    place = 0
    while place + 4 <= len(records):
        kind, length = (int.from_bytes(records[at : at + 2], "little") for at in (place, place + 2))
        if kind == _FILE_PASS:
            return True
        place += 4 + length
    return False


def _has_slide_macros(file: olefile.OleFileIO) -> bool:
    return _SLIDES_MACROS.search(_whole(file, _SLIDES)) is not None


def _has_dde(file: olefile.OleFileIO) -> bool:
    return _DDE.search(_whole(file, _WORD)) is not None


def _beginning(file: olefile.OleFileIO, name: str) -> bytes:
    return bytes(file.openstream(name).read(_HEAD)) if file.exists(name) else b""


def _whole(file: olefile.OleFileIO, name: str) -> bytes:
    return bytes(file.openstream(name).read(_LARGEST)) if file.exists(name) else b""
