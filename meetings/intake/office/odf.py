"""What OpenDocument files say, in Unicode: their old fonts are repaired part by part."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from meetings.intake.office.cells import sheets_in
from meetings.intake.office.odf_fonts import repaired_parts
from meetings.intake.office.runs import Run, parsed, runs_of

_BODY = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}body"
_PAGE = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}page"
_CONTENT = "content.xml"


def read_document(path: Path) -> Iterator[Sequence[Run]]:
    """Yield the runs of a text document."""
    body = parsed(_content(path)).find(_BODY)
    yield [] if body is None else _runs(body)


def read_slides(path: Path) -> Iterator[Sequence[Run]]:
    """Yield the runs of each slide."""
    for page in parsed(_content(path)).iter(_PAGE):
        yield _runs(page)


def read_sheets(path: Path) -> Iterator[Sequence[Run]]:
    """Yield the text of each sheet."""
    for text in sheets_in(_content(path)):
        yield [Run(text)]


def _content(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return repaired_parts(archive)[_CONTENT]


def _runs(element: etree._Element) -> list[Run]:
    return list(runs_of(element, lambda _: None, in_text=None))
