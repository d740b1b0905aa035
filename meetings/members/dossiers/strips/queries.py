"""How a scan is cut now."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meetings.members.dossiers.strips.strip import Piece, Strip
from meetings.models import DossierPage, DossierPiece, DossierScan


def pages_of(session: Session, scan: DossierScan) -> Sequence[DossierPage]:
    """Return the pages of a scan in order, each with its piece."""
    pages = select(DossierPage).where(DossierPage.scan_id == scan.id)
    ordered = pages.order_by(DossierPage.number).options(joinedload(DossierPage.piece))
    return session.scalars(ordered).all()


def strip_of(pages: Sequence[DossierPage]) -> Strip:
    """Return how pages are cut."""
    runs = [(piece, list(run)) for piece, run in groupby(pages, lambda page: page.piece)]
    pieces = [_piece(piece, run[0].number, run[-1].number) for piece, run in runs]
    return Strip(pieces, {page.number: page.turn for page in pages if page.turn})


def _piece(row: DossierPiece, first: int, last: int) -> Piece:
    return Piece(first, last, row.kind, row.state, row.dated, row.confidence, row.reason)
