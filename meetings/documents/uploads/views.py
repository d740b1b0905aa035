"""What every page that takes files in shares: the gate, and uploads in chunks.

A feature gives its three routes of chunks its own permission and says by a `Shelf` what happens
after the gate; its plain form post hands its files to `through_gate`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from typing import IO, Any, cast
from uuid import UUID

from flask import Request, abort, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from meetings.documents.declarations.forms import TOO_MANY, WAITS
from meetings.documents.declarations.services import Full, note_secret
from meetings.documents.declarations.views import declarations
from meetings.documents.quarantine.services import (
    Draft,
    Received,
    TooLarge,
    examine,
    held,
    infection,
)
from meetings.documents.unpacking.services import Piece, is_archive, unpacked
from meetings.documents.uploads.forms import NO_SPACE, REFUSALS, TOO_LARGE, BeginForm, TicketsForm
from meetings.documents.uploads.services import (
    CHUNK,
    QUIET_SECONDS,
    Crowded,
    Gone,
    Outcome,
    OutOfStep,
    Upload,
    Uploads,
    named_in,
    ticket_of,
)
from meetings.intake import Limits, Reason, Verdict
from meetings.intake.unpacking import BrokenOff
from meetings.web.context import installation, person_asking, stop_reading
from storage import NoSpace

OK, CREATED, CONFLICT, TOO_MUCH, INVALID = 200, 201, 409, 413, 422


class SealingRequest(Request):
    """A request whose files are sealed while they are read; no plain byte comes to a disk."""

    def _get_file_stream(self, *_described: Any, **_also: Any) -> IO[bytes]:
        settings = current_app.extensions["installation"].settings
        return cast("IO[bytes]", Draft(settings.quarantine_folder, settings.max_upload))


def _nothing(_received: Received, _reason: Reason) -> None:
    pass


@dataclass(frozen=True)
class Shelf:
    """What happens after the gate: where an accepted file is kept, where a refusal is noted.

    The meeting is where a file is listed that its sender has to declare free of state secrets.
    The sender is the person asking, unless a file came by itself.
    """

    meeting: UUID
    keep: Callable[[Received, Verdict], Outcome]
    turn_away: Callable[[Received, Reason], None] = _nothing
    sender: UUID | None = None


def sent_files(shelf: Shelf) -> list[Outcome]:
    """Take in the files of a plain form, each for itself: one that is refused stops no other.

    Only those of a chosen folder come with their way to it; elsewhere a slash is part of a name.
    """
    outcomes: list[Outcome] = []
    for field in ("files", "of_folder"):
        for file in filter(attrgetter("filename"), request.files.getlist(field)):
            folder, name = "", str(file.filename)
            if field == "of_folder":
                folder, _slash, name = name.rpartition("/")
            outcomes += through_gate(cast("Draft", file.stream), name, shelf, folder=folder)
    return outcomes


def told(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return outcomes as the browser reads them."""
    return {"files": [asdict(outcome) for outcome in outcomes]}


def told_of_all(outcomes: Sequence[Outcome]) -> ResponseReturnValue:
    """Tell a script what became of each file; to have sent none is a mistake."""
    return told(outcomes), OK if outcomes else INVALID


def through_gate(draft: Draft, name: str, shelf: Shelf, *, folder: str = "") -> list[Outcome]:
    """Examine a file that arrived, or those in it, then keep or refuse; drop it from quarantine."""
    stop_reading()
    try:
        received = draft.received(name, folder)
        return _unpacked(received, shelf) if is_archive(name) else [_examined(received, shelf)]
    except TooLarge:
        return [Outcome(name, ok=False, message=str(TOO_LARGE))]
    except NoSpace:
        return [Outcome(name, ok=False, message=str(NO_SPACE))]
    finally:
        draft.close()


def _unpacked(received: Received, shelf: Shelf) -> list[Outcome]:
    """Take each file of an archive through the gate as if it had come by itself."""
    outcomes: list[Outcome] = []
    pieces = unpacked(received, installation().settings.quarantine_folder, limits())
    try:
        outcomes.extend(_taken_out(piece, shelf) for piece in pieces)
    except BrokenOff as broken:
        outcomes.append(_turned_away(received, broken.reason, shelf))
    return outcomes


def _taken_out(piece: Piece, shelf: Shelf) -> Outcome:
    if piece.reason:
        refused = Received(piece.name, piece.draft.size, "", folder=piece.folder)
        return _turned_away(refused, piece.reason, shelf)
    try:
        return _examined(piece.draft.received(piece.name, piece.folder), shelf)
    except TooLarge:
        return Outcome(piece.name, ok=False, message=str(TOO_LARGE))
    finally:
        piece.draft.close()


def limits() -> Limits:
    """Return what a file of this installation may be."""
    settings = installation().settings
    return Limits(
        bytes=settings.max_upload,
        pages=settings.max_pages,
        members=settings.max_archive_files,
        unpacked_bytes=settings.max_archive_bytes,
    )


def _examined(received: Received, shelf: Shelf) -> Outcome:
    verdict = examine(received, limits())
    if verdict.reason:
        if verdict.reason is Reason.CLASSIFIED:
            note_secret(installation(), meeting=shelf.meeting, by=_sender(shelf))
        return _turned_away(received, verdict.reason, shelf)
    if verdict.needs_eyes:
        return _waits(received, verdict, shelf)
    return _kept(received, verdict, shelf)


def _kept(received: Received, verdict: Verdict, shelf: Shelf) -> Outcome:
    """Keep a file that passed the gate, unless the virus scanner stops it."""
    reason = infection(received, installation().settings.clamav)
    return _turned_away(received, reason, shelf) if reason else shelf.keep(received, verdict)


def _turned_away(received: Received, reason: Reason, shelf: Shelf) -> Outcome:
    shelf.turn_away(received, reason)
    return Outcome(received.name, ok=False, message=str(REFUSALS[reason]))


def _sender(shelf: Shelf) -> UUID:
    return shelf.sender or person_asking().id


def _waits(received: Received, verdict: Verdict, shelf: Shelf) -> Outcome:
    """Let a file wait for its sender's declaration; it is not received before."""
    try:
        waiting = declarations().wait(
            held(received),
            verdict,
            owner=_sender(shelf),
            meeting=shelf.meeting,
            keep=lambda file, declared: _kept(file, declared, shelf),
        )
    except Full:
        return Outcome(received.name, ok=False, message=str(TOO_MANY))
    return Outcome(received.name, ok=True, message=str(WAITS), waits=waiting.id)


def begin(place: UUID) -> ResponseReturnValue:
    """Begin an upload to a place, or say at once that the file is too large."""
    form = BeginForm()
    if not form.validate_on_submit():
        abort(INVALID)
    name, size = str(form.name.data), int(form.size.data or 0)
    folder = str(form.folder.data or "")
    if size > installation().settings.max_upload:
        return told([Outcome(name, ok=False, message=str(TOO_LARGE))])
    try:
        upload = _uploads().begin(person_asking().id, place, name, size, folder=folder)
    except Crowded:
        raise TooManyRequests(retry_after=QUIET_SECONDS) from None
    ticket = ticket_of(upload, installation().keys.session)
    return _standing(upload) | {"ticket": ticket}, CREATED


def add_chunk(place: UUID, shelf: Shelf) -> ResponseReturnValue:
    """Take the next chunk; the last one takes the file through the gate."""
    upload = _upload(place)
    if request.content_length is None or request.content_length > CHUNK:
        abort(TOO_MUCH)
    try:
        whole = upload.take(request.args.get("offset", -1, type=int), request.get_data(cache=False))
    except OutOfStep:
        return _standing(upload), CONFLICT
    if whole:
        try:
            outcomes = through_gate(upload.draft, upload.name, shelf, folder=upload.folder)
            _uploads().settle(upload, outcomes)
        except BaseException:
            _uploads().forget(upload)
            raise
    return _standing(upload)


def missing(place: UUID, known: Collection[str]) -> ResponseReturnValue:
    """Tell which of the files that a browser began to send never came; the others it may forget.

    A file came if it is on its way, or one of its name is known where it was to go.
    """
    form = TicketsForm()
    if not form.validate_on_submit():
        abort(INVALID)
    lost: list[dict[str, str]] = []
    arrived: list[str] = []
    for ticket in str(form.tickets.data or "").split():
        told = named_in(ticket, installation().keys.session, person_asking().id, place)
        if told is None or told[1] in known:
            arrived.append(ticket)
        elif not _uploads().is_coming(told[0]):
            lost.append({"ticket": ticket, "name": told[1]})
    return {"missing": lost, "arrived": arrived}


def standing(place: UUID) -> ResponseReturnValue:
    """Tell how far an upload is."""
    return _standing(_upload(place))


def _standing(upload: Upload) -> dict[str, Any]:
    known = {"upload": upload.id, "offset": upload.offset, "size": upload.size, "chunk": CHUNK}
    return known | (told(upload.outcomes) if upload.outcomes else {})


def _upload(place: UUID) -> Upload:
    try:
        return _uploads().find(request.args.get("upload", ""), person_asking().id, place)
    except Gone:
        abort(404)


def _uploads() -> Uploads:
    return cast("Uploads", current_app.extensions["uploads"])
