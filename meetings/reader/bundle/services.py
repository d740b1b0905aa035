"""Binding: the front is typeset, the papers are put behind their separators in the sandbox."""

from pathlib import Path
from typing import IO

from meetings import clock
from meetings.documents.copies.services import lay_out, private_folder
from meetings.installation import Installation
from meetings.intake import Reason
from meetings.intake.copies import bind_files
from meetings.press.layouts import fill
from meetings.press.pdf import typeset
from meetings.press.stamp import Stamp, sheets_of
from meetings.reader.bundle.queries import Bundle


def bound(installation: Installation, bundle: Bundle, stamp: Stamp) -> IO[bytes] | Reason:
    """Return the papers as one file with a stamp on each page, or why there is none.

    The file has no name any more: it is gone when it is closed. Raises UnavailableError where
    nothing can be typeset, Recalled where a paper was just recalled.
    """
    with private_folder(installation) as folder:
        front, sheets, output = folder / "front.pdf", folder / "stamp.pdf", folder / "bound"
        front.write_bytes(typeset(front_of(bundle, stamp)))
        sheets.write_bytes(sheets_of(stamp))
        output.mkdir()
        made = bind_files(front, _papers(installation, bundle, folder), sheets, output)
        return made if isinstance(made, Reason) else made.open("rb")


def front_of(bundle: Bundle, stamp: Stamp) -> str:
    """Return the cover, the agenda and a separator for each paper as HTML."""
    starts = clock.local(bundle.meeting.starts_at)
    return fill("bundle.html", bundle=bundle, stamp=stamp, starts=starts)


def _papers(installation: Installation, bundle: Bundle, folder: Path) -> list[Path]:
    return [
        lay_out(installation, leaf.version, folder / f"paper-{number}.pdf")
        for number, leaf in enumerate(bundle.leaves)
    ]
