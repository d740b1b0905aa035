"""A list that somebody keeps in a spreadsheet: from bytes or a pasted text to rows by column."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO

from meetings.intake.fold import words_of
from meetings.intake.memory import in_memory
from meetings.intake.workbook import table_rows

EPOCH = date(1899, 12, 30)
"""The day from which workbooks count."""
DAYS = range(1, 100_000)
COUNTED = re.compile(r"[0-9]{1,6}")
SHAPES = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
LONGEST, MOST_ROWS, LARGEST_FILE = 50_000, 500, 2 * 1024 * 1024
"""Characters and rows of a table, bytes of the file that it may come in."""
TITLES = 10
"""So many lines may stand above the one that names the columns."""
BREAKS = "\t;,"
"""What stands between the cells of a row; the one that most lines have."""

Names = Mapping[str, Sequence[str]]
"""The fields of a table, and how its head may call each, with or without accents."""


class UnreadableError(ValueError):
    """A text is no table: a quotation mark is never closed."""


@dataclass(frozen=True)
class Table:
    """A table by the meaning of its columns."""

    head: Sequence[str]
    columns: Mapping[str, int]
    lines: Sequence[tuple[int, Sequence[str]]]
    """The rows that say something, each with its number among all lines of the text."""

    @property
    def unused(self) -> list[str]:
        """Return how the columns are called that mean nothing to us."""
        used = set(self.columns.values())
        return [name for at, name in enumerate(self.head) if name and at not in used]

    def said(self, line: Sequence[str]) -> dict[str, str]:
        """Return what a row says under each field."""
        return {name: line[at] for name, at in self.columns.items() if at < len(line)}


def text_of_file(content: bytes) -> str | None:
    """Return the first sheet of a workbook or a CSV file as text; None of what is neither."""
    with in_memory(BytesIO(content), len(content)) as path:
        rows = table_rows(path)
    return text_of(rows) if rows else None


def text_of(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a spreadsheet copies them."""
    target = StringIO()
    csv.writer(target, csv.excel_tab, lineterminator="\n").writerows(rows)
    return target.getvalue()


def read(text: str, names: Names) -> Table:
    """Return the table that a text is, below the line that names most of its columns."""
    lines = list(_lines(text))
    ahead = [(columns_of(line, names), at) for at, line in enumerate(lines[:TITLES])]
    columns, place = max(ahead, key=lambda one: (len(one[0]), -one[1]), default=({}, 0))
    rows = [(at, line) for at, line in enumerate(lines, 1) if any(line) and at > place + 1]
    return Table(lines[place] if columns else (), columns, rows)


def columns_of(head: Sequence[str], names: Names) -> dict[str, int]:
    """Return in which column each field stands; of several names for one the last goes first."""
    known = [words_of(name) for name in head]
    return {
        name: known.index(called)
        for name, spellings in names.items()
        for called in map(words_of, spellings[::-1])
        if called in known
    }


def day_of(said: str) -> date | None:
    """Return a day as people write it, or as workbooks count it."""
    count = said.removesuffix(".0")
    if COUNTED.fullmatch(count) and int(count) in DAYS:
        return EPOCH + timedelta(days=int(count))
    for shape in SHAPES:
        with suppress(ValueError):
            return datetime.strptime(f"{said} +0700", f"{shape} %z").date()
    return None


def _lines(text: str) -> Iterator[list[str]]:
    lines = text.splitlines(keepends=True)
    delimiter = max(BREAKS, key=lambda sign: sum(sign in line for line in lines))
    try:
        for line in csv.reader(lines, delimiter=delimiter, strict=True):
            yield [" ".join(cell.split()) for cell in line]
    except csv.Error as error:
        raise UnreadableError(str(error)) from error
