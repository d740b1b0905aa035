"""Unpack a received archive into quarantine, where its files are as sealed as it is."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from meetings.documents.quarantine.services import Draft, Received, laid_out_for_gate
from meetings.intake import Limits, Reason, inspect_file
from meetings.intake.archive import Member
from meetings.intake.unpacking import BrokenOff, unpack

SUFFIX = ".zip"
AT_ONCE = 50  # each is an open file of this process until it went through the gate


@dataclass(frozen=True)
class Piece:
    """A file of an archive, sealed, the folder it lay in, and why it goes no further."""

    name: str
    folder: str
    draft: Draft
    reason: Reason | None


def is_archive(name: str) -> bool:
    """Tell whether a file says of itself that it is an archive; the gate looks whether it is."""
    return name.lower().endswith(SUFFIX)


def unpacked(received: Received, folder: Path, limits: Limits) -> Iterator[Piece]:
    """Yield the files of an archive, to be closed by the caller; raise BrokenOff where they end."""
    _judge(received, limits)
    for first in range(1, limits.members + 1, AT_ONCE):
        pieces: list[Piece] = []
        try:
            _unpack(pieces, received, folder, limits, range(first, first + AT_ONCE))
        except BrokenOff:
            if pieces:
                pieces.pop().draft.close()
            yield from pieces
            raise
        yield from pieces
        if len(pieces) < AT_ONCE:
            return


def _judge(received: Received, limits: Limits) -> None:
    with _laid_out(received) as path:
        verdict = inspect_file(path, received.name, limits)
    if verdict.reason:
        raise BrokenOff(verdict.reason)


def _unpack(
    pieces: list[Piece], received: Received, folder: Path, limits: Limits, numbers: range
) -> None:
    """Collect some files: each comes, then its bytes, then itself again where they failed."""
    with _laid_out(received) as path, closing(unpack(path, numbers, limits)) as parts:
        for part in parts:
            if isinstance(part, bytes):
                pieces[-1].draft.write(part)
                continue
            if len(pieces) > part.number - numbers.start:
                pieces.pop().draft.close()
            pieces.append(_piece(part, received, Draft(folder, limits.bytes)))


def _piece(member: Member, received: Received, draft: Draft) -> Piece:
    if member.reason:
        draft.close()
    place = PurePosixPath(received.folder, PurePosixPath(received.name).stem, member.folder)
    return Piece(member.name, place.as_posix(), draft, member.reason)


@contextmanager
def _laid_out(received: Received) -> Iterator[Path]:
    try:
        with laid_out_for_gate(received) as path:
            yield path
    except TimeoutError:
        raise BrokenOff(Reason.TIMED_OUT) from None
    except MemoryError:
        raise BrokenOff(Reason.OUT_OF_MEMORY) from None
