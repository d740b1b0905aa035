"""A strip is changed step by step, each kept at once, each to be taken back."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from meetings.members.dossiers.strips import queries
from meetings.members.dossiers.strips.strip import Piece, Strip
from meetings.models import DossierPage, DossierPiece, DossierScan, DossierStep
from meetings.policy import Asker

STEPS = 200
"""How many steps of a scan can be taken back."""
Change = Callable[[Strip], Strip]
SAID = ("kind", "state", "dated", "confidence", "reason")


class Outdated(Exception):
    """Somebody else changed the cutting meanwhile."""


class NothingToUndo(Exception):
    """There is no step to take back."""


def lay(session: Session, scan: DossierScan, pages: Sequence[DossierPage], strip: Strip) -> None:
    """Cut the pages of a scan as a strip says; pieces that no page is in any more are gone."""
    numbered = {page.number: page for page in pages}
    known: Mapping[int, DossierPiece] = {}
    if all(page.piece_id for page in pages):
        known = {piece.first: numbered[piece.first].piece for piece in _cut(pages)}
    kept = {piece.first: known.get(piece.first) or DossierPiece(scan_id=scan.id)
            for piece in strip.pieces}  # fmt: skip
    for piece in strip.pieces:
        row = kept[piece.first]
        for name in SAID:
            setattr(row, name, getattr(piece, name))
        session.add(row)
        for number in piece.pages:
            numbered[number].piece = row
            numbered[number].turn = strip.turns.get(number, 0)
    session.add_all(pages)
    session.flush()
    gone = [row.id for first, row in known.items() if first not in kept]
    if gone:
        session.execute(delete(DossierPiece).where(DossierPiece.id.in_(gone)))


def _cut(pages: Sequence[DossierPage]) -> Sequence[Piece]:
    return queries.strip_of(pages).pieces


def step(
    session: Session, scan: DossierScan, change: Change, *, seen: int, by: Asker
) -> Sequence[DossierPage]:
    """Change how a scan is cut at the revision that was seen; raise Outdated."""
    _claim(session, scan, seen)
    pages = queries.pages_of(session, scan)
    before = queries.strip_of(pages)
    strip = change(before)
    if before == strip:
        return pages
    session.add(DossierStep(scan_id=scan.id, taken_by=by.id, before=before.to_json()))
    lay(session, scan, pages, strip)
    scan.revision += 1
    _forget(session, scan)
    return pages


def undo(session: Session, scan: DossierScan, *, seen: int) -> Sequence[DossierPage]:
    """Take the last step back; raise Outdated or NothingToUndo."""
    _claim(session, scan, seen)
    last = session.scalar(_steps(scan).limit(1))
    if last is None:
        raise NothingToUndo
    pages = queries.pages_of(session, scan)
    lay(session, scan, pages, Strip.from_json(last.before))
    session.delete(last)
    scan.revision += 1
    session.flush()
    return pages


def _claim(session: Session, scan: DossierScan, seen: int) -> None:
    session.refresh(scan, with_for_update=True)  # two keepers cut one after the other
    if scan.revision != seen:
        raise Outdated


def _forget(session: Session, scan: DossierScan) -> None:
    session.flush()
    old = session.scalars(_steps(scan).offset(STEPS)).all()
    for row in old:
        session.delete(row)
    session.flush()


def _steps(scan: DossierScan) -> Select[DossierStep]:
    """Select the steps of a scan, the latest first."""
    own = select(DossierStep).where(DossierStep.scan_id == scan.id)
    return own.order_by(DossierStep.created_at.desc(), DossierStep.id.desc())
