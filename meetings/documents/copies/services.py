"""Making a copy that bears a name, and writing down whose it is."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO, Any
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import clock, vault
from meetings.documents.copies.queries import ALPHABET, GROUP, GROUPS, grouped, reader_named
from meetings.installation import Installation
from meetings.intake import Reason
from meetings.intake.copies import stamp_file
from meetings.models import CopyKind, DocumentVersion, Meeting, TakenCopy
from meetings.policy import Asker
from meetings.press.stamp import Stamp, sheets_of


def new_code() -> str:
    """Return a code that nobody guesses."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(GROUP * GROUPS)))


def new_stamp(session: Session, *, by: Asker) -> Stamp:
    """Return what stands on a copy that a person takes now."""
    return Stamp(bearer=reader_named(session, by=by), taken_at=clock.now(), code=new_code())


def note_copy(
    session: Session, stamp: Stamp, kind: CopyKind, version: DocumentVersion, *, by: Asker
) -> TakenCopy:
    """Write down that a person took a copy of a document."""
    copy = _noted(stamp, kind, by)
    copy.document_id, copy.version_number = version.document_id, version.number
    session.add(copy)
    return copy


def note_pack(
    session: Session, stamp: Stamp, meeting: Meeting, bound: Iterable[UUID], *, by: Asker
) -> TakenCopy:
    """Write down that a person took the papers of a meeting along."""
    copy = _noted(stamp, CopyKind.PACK, by)
    copy.meeting_id, copy.bound = meeting.id, [str(one) for one in bound]
    session.add(copy)
    return copy


def _noted(stamp: Stamp, kind: CopyKind, by: Asker) -> TakenCopy:
    moment: datetime = stamp.taken_at
    return TakenCopy(
        code=stamp.code, kind=kind, user_id=by.id, bearer=stamp.bearer, created_at=moment
    )


@contextmanager
def private_folder(installation: Installation) -> Iterator[Path]:
    """Lend a folder for plain pages, for as long as the sandbox needs them."""
    with TemporaryDirectory(dir=installation.settings.quarantine_folder) as folder:
        yield Path(folder)


def lay_out(installation: Installation, version: DocumentVersion, target: Path) -> Path:
    """Lay the PDF that is shown for a version out; raise Recalled if its key was dropped."""
    key = vault.reading_key(installation.keys, version)
    with (
        installation.store.open(version.viewing or "", key=key) as shown,
        target.open("wb") as file,
    ):
        copyfileobj(shown, file)
    return target


def stamped(
    installation: Installation,
    version: DocumentVersion,
    stamp: Stamp,
    notes: Sequence[Mapping[str, Any]] = (),
) -> IO[bytes] | Reason:
    """Return the pages of a version, stamped, with notes upon them; or why there are none.

    The file has no name any more: it is gone when it is closed. Raises UnavailableError where
    nothing can be typeset.
    """
    with private_folder(installation) as folder:
        sheets, output = folder / "stamp.pdf", folder / "stamped"
        sheets.write_bytes(sheets_of(stamp))
        output.mkdir()
        shown = lay_out(installation, version, folder / "shown.pdf")
        made = stamp_file(shown, sheets, output, notes=notes)
        return made if isinstance(made, Reason) else made.open("rb")
