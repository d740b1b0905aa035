"""A dossier with a scan that was read, its files in the store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from meetings.installation import Installation
from meetings.members.dossiers.scans import services as scans
from meetings.members.dossiers.strips import services as strips
from meetings.members.dossiers.strips.strip import Piece, Strip
from meetings.models import DossierPage, DossierScan, Member, ScanState
from storage import new_key
from tests import papers
from tests.meetings.members.conftest import Commune

PICTURE = b"RIFF\0\0\0\0WEBPVP8 "
TEXTS = ("Lý lịch đảng viên", "Trang hai", "Quyết định kết nạp", "Giấy giới thiệu", "Trang sau")
PIECES = (Piece(1, 2, 2, confidence=0.9), Piece(3, 3, 5, confidence=0.8), Piece(4, 5))


@dataclass
class Filling:
    """Lays a scan into the dossier of a member, as if it had come and been read."""

    session: Session
    installation: Installation
    commune: Commune
    last: DossierScan | None = None

    def __call__(
        self, member: Member, pieces: Sequence[Piece] = PIECES, texts: Sequence[str] = TEXTS
    ) -> DossierScan:
        plain, store = new_key(), self.installation.store
        stored = store.put_bytes(papers.pdf(*texts), key=plain)
        keys = plain, self.commune.key
        count, by = len(texts), self.commune.keeper
        scan = scans.keep(self.session, member, stored, pages=count, keys=keys, by=by)
        rows = [
            DossierPage(
                scan_id=scan.id,
                number=number,
                width=595,
                height=842,
                picture=store.put_bytes(PICTURE, key=plain).digest,
                thumbnail=store.put_bytes(PICTURE, key=plain).digest,
            )
            for number in range(1, count + 1)
        ]
        strips.lay(self.session, scan, rows, Strip(list(pieces)))
        scan.state = ScanState.READY
        self.session.commit()
        self.last = scan
        return scan


@pytest.fixture
def fill(session: Session, installation: Installation, commune: Commune) -> Filling:
    return Filling(session, installation, commune)


@pytest.fixture
def keeper(sign_in: Callable, commune: Commune):
    return sign_in(commune.keeper)
