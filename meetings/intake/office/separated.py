"""The rows of a text in columns (CSV), whatever program wrote it; runs in the sandbox."""

import codecs
import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from meetings.intake.office.rows import (
    LARGEST_PART,
    MOST_COLUMNS,
    MOST_ROWS,
    NoWorkbookError,
    rows_of,
)

ZIP = b"PK"
SEPARATORS = ";\t,"
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PLAIN = frozenset("\t\r\n")


def table_of(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a workbook or of a text in columns; raise NoWorkbookError."""
    with path.open("rb") as file:
        content = file.read(LARGEST_PART + 1)
    if content.startswith(ZIP):
        return rows_of(path)
    if len(content) > LARGEST_PART or not content.strip():
        raise NoWorkbookError
    return separated(_text(content))


def separated(text: str) -> Iterator[list[str]]:
    """Yield the rows of a text in columns; its first line tells what stands between them."""
    first = text.partition("\n")[0]
    between = max(SEPARATORS, key=first.count)
    lines = csv.reader(StringIO(text, newline=""), delimiter=between)
    try:
        for row in islice(lines, MOST_ROWS):
            yield [" ".join(cell.split()) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise NoWorkbookError(type(error).__name__) from error


def _text(content: bytes) -> str:
    """Return a text; what is not Unicode is read byte by byte, as old Vietnamese fonts need it."""
    try:
        wide = content.startswith(WIDE)
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if any(c < " " and c not in PLAIN for c in text):
        raise NoWorkbookError
    return text
