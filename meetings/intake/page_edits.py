"""Make a PDF of the pages of others, turned and in another order; runs in the sandbox."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pikepdf

from meetings.intake.edits import Edit, edited

EDITED = "edited.pdf"


@contextmanager
def unpacked(source: Path, *, is_bundle: bool) -> Iterator[list[Path]]:
    """Lend the files that lie in a bundle in their order; what is no bundle is lent itself."""
    if not is_bundle:
        yield [source]
        return
    with TemporaryDirectory() as folder, ZipFile(source) as archive:
        yield [Path(archive.extract(name, folder)) for name in archive.namelist()]


def apply(source: Path, edits: Sequence[Edit], target: Path, others: Sequence[Path] = ()) -> int:
    """Write the edited pages and return how many; the sources stay as they are.

    A Join names the source itself 1 and the others 2, 3, ... Impossible edits raise
    ValueError.
    """
    with ExitStack() as opened:
        pdfs = [opened.enter_context(pikepdf.open(path)) for path in (source, *others)]
        pages = edited([len(pdf.pages) for pdf in pdfs], edits)
        made = opened.enter_context(pikepdf.new())
        for place in pages:
            made.pages.append(pdfs[place.source - 1].pages[place.number - 1])
            if place.turned:
                made.pages[-1].rotate(place.turned, relative=True)
        made.save(target)
    return len(pages)
