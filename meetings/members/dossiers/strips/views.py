"""The strip of a scan: one key or one touch a paper; each step is kept at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from meetings.intake.dossiers import KINDS
from meetings.intake.fold import fold
from meetings.members.dossiers.strips import queries, services
from meetings.members.dossiers.strips.forms import (
    NAMELESS,
    NOTHING_TO_UNDO,
    OUTDATED,
    REASONS,
    STATES,
    UNDO,
    UNKNOWN,
    DeedForm,
)
from meetings.members.dossiers.strips.strip import DEEDS, Nameless, Piece, Strip
from meetings.models import DossierPage, DossierScan, PieceState, ScanState
from meetings.policy import Permission
from meetings.web.context import person_asking, session
from meetings.web.pages import Pages

CONFLICT, INVALID = 409, 422
JSON = "application/json"


@dataclass(frozen=True)
class Card:
    """A page as the strip shows it."""

    page: DossierPage
    piece: Piece
    place: int
    """Which piece of the strip it is in, counted from 1."""

    @property
    def begins(self) -> bool:
        """Tell whether a piece begins with it."""
        return self.page.number == self.piece.first

    def told(self) -> dict[str, Any]:
        """Return what a script shows of it."""
        piece = self.piece
        return {
            "number": self.page.number,
            "turn": self.page.turn,
            "begins": self.begins,
            "place": self.place,
            "kind": piece.kind,
            "state": piece.state.value,
            "name": name_of(piece),
            "said": said_of(piece),
            "dated": piece.dated.isoformat() if piece.dated else "",
        }


def name_of(piece: Piece) -> str:
    """Return what a piece is called on the strip."""
    if piece.kind is None:
        return str(UNKNOWN)
    return f"{piece.kind:02d}. {KINDS[piece.kind].title}"


def said_of(piece: Piece) -> str:
    """Return what is said of a piece: what a person decided, else why it is proposed."""
    state = str(STATES[piece.state])
    why = REASONS.get(piece.reason) if piece.state is PieceState.PROPOSED else None
    return f"{state}. {why}" if why else state


def strip(scan: DossierScan) -> str:
    """Show the pages of a scan in order, how they are cut, and one of them large."""
    if scan.state is not ScanState.READY:
        return render_template("members/dossiers/reading.html", scan=scan)
    cards = _cards(queries.pages_of(session(), scan))
    asked = request.args.get("page", 0, type=int)
    opened = queries.strip_of([card.page for card in cards])
    first = _first_open(opened)
    shown = asked if 1 <= asked <= len(cards) else first
    return render_template(
        "members/dossiers/strip.html",
        scan=scan,
        cards=cards,
        here=cards[shown - 1],
        left=_left(opened),
        kinds=[(kind, fold(kind.title)) for kind in KINDS.values()],
        name_of=name_of,
        said_of=said_of,
    )


def change(scan: DossierScan) -> ResponseReturnValue:
    """Do something at a page; a script is told how the strip is then."""
    form = DeedForm()
    if not form.validate_on_submit():
        abort(INVALID)
    number = int(form.page.data or 0)
    try:
        pages = _done(scan, form, number)
    except services.Outdated:
        return _refused(scan, number, str(OUTDATED), CONFLICT)
    except Nameless:
        return _refused(scan, number, str(NAMELESS), INVALID)
    except services.NothingToUndo:
        return _refused(scan, number, str(NOTHING_TO_UNDO), INVALID)
    except KeyError:
        abort(INVALID)
    now = queries.strip_of(pages)
    goes_on = form.deed.data in {"accept", "tray"}
    here = now.next_open(number) if goes_on and _left(now) else number
    return _answer(scan, pages, here)


def _done(scan: DossierScan, form: DeedForm, number: int) -> Sequence[DossierPage]:
    seen, deed = int(form.seen.data or 0), str(form.deed.data)
    if deed == UNDO:
        return services.undo(session(), scan, seen=seen)
    said = {"kind": form.kind.data, "dated": form.dated.data} if deed == "accept" else {}
    change = partial(DEEDS[deed], page=number, **said)
    return services.step(session(), scan, change, seen=seen, by=person_asking())


def _answer(scan: DossierScan, pages: Sequence[DossierPage], here: int) -> ResponseReturnValue:
    if request.accept_mimetypes.best == JSON:
        return jsonify(_told(scan, pages, here))
    return redirect(url_for("members.strip", scan=scan.id, page=here), 303)


def _refused(scan: DossierScan, here: int, said: str, status: int) -> ResponseReturnValue:
    """Say why nothing was changed, and show the strip as it is."""
    pages = queries.pages_of(session(), scan)
    if request.accept_mimetypes.best == JSON:
        return jsonify(_told(scan, pages, here) | {"problem": said}), status
    flash(said, "warn")
    return redirect(url_for("members.strip", scan=scan.id, page=here), 303)


def _told(scan: DossierScan, pages: Sequence[DossierPage], here: int) -> dict[str, Any]:
    return {
        "revision": scan.revision,
        "here": here,
        "left": _left(queries.strip_of(pages)),
        "pages": [card.told() for card in _cards(pages)],
    }


def _cards(pages: Sequence[DossierPage]) -> list[Card]:
    cut = queries.strip_of(pages)
    pieces = [
        (place, piece) for place, piece in enumerate(cut.pieces, 1) for _number in piece.pages
    ]
    return [Card(page, piece, place) for page, (place, piece) in zip(pages, pieces, strict=True)]


def _left(cut: Strip) -> int:
    """Return how many pieces nobody has said anything of."""
    return sum(piece.state is PieceState.PROPOSED for piece in cut.pieces)


def _first_open(cut: Strip) -> int:
    waiting = (p.first for p in cut.pieces if p.state is PieceState.PROPOSED)
    return next(waiting, 1)


def register(pages: Pages) -> None:
    """Add the routes of strips."""
    at = "/dossier-scans/<uuid:scan>"
    pages.get(at, needs=Permission.DOSSIER_OPEN)(strip)
    pages.post(at, needs=Permission.DOSSIER_CUT, endpoint="change_strip")(change)
