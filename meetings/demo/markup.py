"""The markup of the demo papers: one line a block, tables in bars, appendices after a rule."""

import re
from collections.abc import Iterator

from meetings.press.document import Appendix, Block, Heading, Paragraph, Point, Table

APPENDIX = "=== "
CAPTION = "|="
HEADING = re.compile(r"(#{1,4}) ([^|]+?)(?: \| (.+))?")
LEAD = re.compile(r"\*\*(.+?)\*\* ?(.*)")
POINT = re.compile(r"([-+]|[a-zđ]\)) (.+)")


def parse(text: str) -> tuple[tuple[Block, ...], tuple[Appendix, ...]]:
    """Return the blocks of the body and the appendices of a paper's text."""
    body, *rest = re.split(rf"^{APPENDIX}", text, flags=re.MULTILINE)
    appendices = (part.partition("\n") for part in rest)
    return (
        tuple(_blocks(body)),
        tuple(Appendix(title.strip(), tuple(_blocks(part))) for title, _, part in appendices),
    )


def _blocks(text: str) -> Iterator[Block]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    position = 0
    while position < len(lines):
        rows = _rows(lines[position:])
        yield _table(rows) if rows else _line(lines[position])
        position += max(1, len(rows))


def _rows(lines: list[str]) -> list[str]:
    """Return the lines of the table that begins here, none where no table begins."""
    end = next((n for n, line in enumerate(lines) if not line.startswith("|")), len(lines))
    return lines[:end]


def _line(line: str) -> Block:
    if match := HEADING.fullmatch(line):
        return Heading(len(match[1]), match[2], match[3] or "")
    if match := LEAD.fullmatch(line):
        return Paragraph(match[2], match[1])
    if match := POINT.fullmatch(line):
        return Point(match[1], match[2])
    return Paragraph(line)


def _table(lines: list[str]) -> Table:
    """Read a table: a caption or none, titles, shares of the width ("12c" is centred), rows."""
    caption = lines[0].removeprefix(CAPTION) if lines[0].startswith(CAPTION) else ""
    titles, widths, *rows = (tuple(_cells(line)) for line in lines if not line.startswith(CAPTION))
    return Table(
        header=titles,
        rows=tuple(rows),
        widths=tuple(int(width.rstrip("c")) for width in widths),
        numeric=frozenset(n for n, width in enumerate(widths) if width.endswith("c")),
        caption=caption.strip(),
    )


def _cells(line: str) -> Iterator[str]:
    return (cell.strip() for cell in line.strip("|").split("|"))
