"""Write the papers of a scan as files of their own, page for page; runs in the sandbox."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf

Places = Sequence[tuple[int, int]]
"""The pages of a paper: their numbers in the scan, and by how many degrees each is turned."""
Digests = list[tuple[str, str]]


def cut(source: Path, papers: Sequence[Places], output: Path) -> Iterator[Digests]:
    """Yield of each paper, once it lies in the output folder, its pages' digests before and after.

    A digest is of what the page draws, as it is stored: turning a page does not touch it.
    """
    with pikepdf.open(source) as pdf:
        for number, places in enumerate(papers, 1):
            target = output / f"{number}.pdf"
            _write(pdf, places, target)
            with pikepdf.open(target) as written:
                after = [digest_of(page) for page in written.pages]
            before = [digest_of(pdf.pages[page - 1]) for page, _turn in places]
            yield list(zip(before, after, strict=True))


def _write(pdf: pikepdf.Pdf, places: Places, target: Path) -> None:
    with pikepdf.new() as made:
        for page, turn in places:
            made.pages.append(pdf.pages[page - 1])
            if turn:
                made.pages[-1].rotate(turn, relative=True)
        made.save(  # every stream as it was stored
            target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )


def digest_of(page: pikepdf.Page) -> str:
    """Return the SHA-256 of what a page draws: its content and the pictures it names."""
    digest = hashlib.sha256()
    contents = page.obj.get("/Contents")
    streams: Any = [] if contents is None else contents
    for stream in streams if isinstance(streams, pikepdf.Array | list) else [streams]:
        digest.update(stream.read_raw_bytes())
    for name, picture in sorted(page.get_images().items()):
        digest.update(name.encode() + picture.read_raw_bytes())
    return digest.hexdigest()
