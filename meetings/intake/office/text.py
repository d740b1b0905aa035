"""What an office file says, read from itself: no pages, but also no LibreOffice."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from meetings.intake.kinds import BY_MEDIA_TYPE
from meetings.intake.legacy import LONE_SYMBOL, guess, of_font, repair
from meetings.intake.office import odf, ooxml, rtf
from meetings.intake.office.runs import Run
from meetings.intake.page_text import PageText, Source
from meetings.intake.quality import quality

READERS: dict[str, Callable[[Path], Iterator[Sequence[Run]]]] = {
    "docx": ooxml.read_document,
    "pptx": ooxml.read_slides,
    "xlsx": ooxml.read_sheets,
    "odt": odf.read_document,
    "odp": odf.read_slides,
    "ods": odf.read_sheets,
    "rtf": rtf.read_document,
}


def read_text(path: Path, media_type: str) -> Iterator[PageText]:
    """Yield the text of a document, or of each slide or sheet; older files yield none."""
    reader = READERS.get(BY_MEDIA_TYPE[media_type].name)
    for number, runs in enumerate(reader(path) if reader else (), start=1):
        yield _page(number, runs)


def _page(number: int, runs: Sequence[Run]) -> PageText:
    known = [of_font(run.font or "") for run in runs]
    lost = (run.text for run, old in zip(runs, known, strict=True) if old is None)
    fallback = guess("".join(lost))
    encodings = [old or fallback for old in known]
    said = (
        repair(run.text, encoding) if encoding else run.text
        for run, encoding in zip(runs, encodings, strict=True)
    )
    lines = (" ".join(line.split()) for line in LONE_SYMBOL.sub("", "".join(said)).splitlines())
    text = "\n".join(filter(None, lines))
    source = Source.REPAIRED if any(encodings) else Source.LAYER
    return PageText(
        number=number,
        text=text,
        source=source if text else Source.NONE,
        quality=round(quality(text), 3),
    )
