"""Everything that can be known of a file: its verdict, its pages' text, its header."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meetings.intake import sandbox
from meetings.intake.gate import examine
from meetings.intake.kinds import BY_MEDIA_TYPE, Family
from meetings.intake.page_text import PageText
from meetings.intake.sandboxed import inspect_file, page_texts
from meetings.intake.verdict import DEFAULT, Limits, Reason, Verdict
from meetings.intake.viewing import cells_of, viewing_copy

SCANNED = {Family.PDF, Family.PICTURE}  # what else has a text layer of our own making
NOTHING: Mapping[str, Any] = {"metadata": {}, "confidence": {}, "boxes": {}, "citations": []}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read from a file; one that is refused has a verdict only."""

    verdict: Verdict
    pages: tuple[PageText, ...] = ()
    cells: str = ""
    description: Mapping[str, Any] = field(default_factory=lambda: dict(NOTHING))

    def to_json(self, *, with_text: bool = False) -> dict[str, Any]:
        """Return the reading as the command prints it."""
        kind = BY_MEDIA_TYPE.get(self.verdict.media_type or "")
        told = {
            "status": "ok" if self.verdict.accepted else "refused",
            "reason": self.verdict.reason,
            "kind": kind.name if kind else None,
            "pages": len(self.pages) or self.verdict.pages,
            **{name: self.description[name] for name in ("metadata", "confidence", "citations")},
            "text_source": [page.source for page in self.pages],
        }
        text = self.cells or "\n\n".join(page.text for page in self.pages)
        return told | ({"text": text} if with_text else {})


def read_file(
    path: Path, name: str, *, recognise: bool = True, limits: Limits = DEFAULT
) -> Reading:
    """Return everything that can be read from a file, whatever it holds."""
    verdict = examine(path, name, limits)
    if verdict.reason:
        return Reading(verdict=verdict)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shown = viewing_copy(path, verdict.media_type or "", Path(folder), limits)
        if isinstance(shown, Reason):
            return Reading(verdict=Verdict(media_type=verdict.media_type, reason=shown))
        family = BY_MEDIA_TYPE[verdict.media_type or ""].family
        recognise = recognise and family in SCANNED
        pages = _pages(shown, recognise=recognise, limits=limits) if shown else ()
        cells = cells_of(Path(folder))
    return Reading(verdict=verdict, pages=pages, cells=cells, description=describe(pages, limits))


def _pages(shown: Path, *, recognise: bool, limits: Limits) -> tuple[PageText, ...]:
    count = inspect_file(shown, "document.pdf", limits).pages
    return tuple(page_texts(shown, count, recognise=recognise, limits=limits))


def describe(pages: Sequence[PageText], limits: Limits = DEFAULT) -> Mapping[str, Any]:
    """Return the header's fields, each with its confidence and place, and what is cited."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump([page.to_json() for page in pages], file)
        file.flush()
        with closing(sandbox.run("describe", Path(file.name), limits=limits)) as answers:
            answer = next(answers, {})
    return answer if "metadata" in answer else dict(NOTHING)
