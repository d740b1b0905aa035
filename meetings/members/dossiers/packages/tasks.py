"""A package is written paper by paper, sealed, read back and counted."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import IO, cast
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import clock, jobs, periodic, vault
from meetings.installation import Installation
from meetings.intake import Reason
from meetings.intake.copies import cut_file
from meetings.intake.dossiers import Style
from meetings.members.dossiers.packages import queries, services
from meetings.members.dossiers.packages.plan import Cut, Dossier, Left, Placed, placed
from meetings.members.dossiers.packages.services import KIND
from meetings.members.dossiers.packages.writing import MANIFEST, Line, manifest, read_back, zipped
from meetings.members.dossiers.scans.queries import key_of
from meetings.members.dossiers.scans.tasks import laid_out
from meetings.models import Body, DossierPackage, DossierScan, User
from meetings.settings import Settings
from storage import new_key, wrap

FORGET = "members.forget-packages"
LEFT: Mapping[Left, str] = {
    Left.OPEN: "chua duyet",
    Left.TRAY: "khay xem lai",
    Left.UNDATED: "can ngay cua tai lieu",
    Left.NO_NUMBER: "can so dinh danh 12 so",
}
periodic.declare(FORGET, periodic.Nightly(timedelta(days=3)))


@jobs.handles(FORGET, jobs.Urgency.WHEN_IDLE)
def forget(run: jobs.Run) -> None:
    """Remove the packages that were kept long enough."""
    run.installation.database.write(services.forget)


@jobs.handles(KIND)
def pack(run: jobs.Run) -> None:
    """Make a package once: a file a paper in the prescribed tree, and the manifest."""
    installation, identity = run.installation, UUID(run.payload["package"])
    with installation.database.reading() as session:
        package = session.get(DossierPackage, identity)
        if package is None or package.blob is not None:
            return
        lock = vault.members_key(session, installation.keys)
        dossiers = _dossiers(session, lock, package)
    key, lines = new_key(), list[Line]()
    style = style_of(installation.settings)
    files = _files(run, dossiers, package.code, style, lines)
    stored = installation.store.put(zipped(files), key=key)
    pages_of = {cut.sha256: _last(cut) for dossier in dossiers for cut in dossier.cuts}
    with closing(installation.store.open(stored.digest, key=key)) as reader:
        found = read_back(cast("IO[bytes]", reader), pages_of)
    left = Counter(line.left for line in lines if line.left)

    def settle(session: Session) -> None:
        current = session.get_one(DossierPackage, identity)
        current.blob, current.size, current.sha256 = (
            stored.digest, stored.plain_size, stored.plain_sha256,
        )  # fmt: skip
        current.wrapped_key = wrap(key, by=lock, context=queries.context(identity))
        current.found = {**vars(found), "faults": list(found.faults), "left": dict(left)}
        current.checked_at = clock.now()

    installation.database.write(settle)


def style_of(settings: Settings) -> Style:
    """Return how names are spelt in this installation."""
    return Style(
        between_words="_" if settings.dossier_words_joined else " ",
        between_names="_" if settings.dossier_names_parted else "",
        one_level=settings.dossier_one_folder,
    )


def _dossiers(session: Session, lock: bytes, package: DossierPackage) -> list[Dossier]:
    by = session.get_one(User, package.asked_by)
    body = session.get_one(Body, package.body_id)
    members = queries.members_with_scans(session, body, by=by)
    return [
        queries.dossier_of(session, lock, member)
        for member in members
        if package.member_id in {None, member.id}
    ]


def _last(cut: Cut) -> int:
    return cut.strip.pieces[-1].last


def _files(
    run: jobs.Run, dossiers: list[Dossier], code: str, style: Style, lines: list[Line]
) -> Iterator[tuple[str, bytes]]:
    """Yield the papers of all dossiers, then the manifest; note a line a page on the way."""
    scans = [cut for dossier in dossiers for cut in dossier.cuts]
    done = 0
    for number, dossier in enumerate(dossiers, 1):
        pieces = list(placed(dossier, code, style))
        for cut in dossier.cuts:
            own = [piece for piece in pieces if piece.cut is cut]
            yield from _papers(run.installation, cut, own, f"{number}-{cut.number}", lines)
            done += 1
            run.progress(done, len(scans))
    yield MANIFEST, manifest(lines)


def _papers(
    installation: Installation, cut: Cut, pieces: list[Placed], scan: str, lines: list[Line]
) -> Iterator[tuple[str, bytes]]:
    lines += [line for piece in pieces if piece.left for line in _left_out(piece, scan)]
    kept = [piece for piece in pieces if not piece.left]
    if not kept:
        return
    with installation.database.reading() as session:
        row = session.get_one(DossierScan, cut.scan)
        key = key_of(session, installation, row)
    with (
        laid_out(installation, row, key) as file,
        tempfile.TemporaryDirectory(dir=file.parent) as folder,
    ):
        digests = cut_file(file, [piece.places for piece in kept], Path(folder))
        if isinstance(digests, Reason):
            raise jobs.Unrepairable(digests.value)
        for number, (piece, pairs) in enumerate(zip(kept, digests, strict=True), 1):
            made = Path(folder) / f"{number}.pdf"
            content = made.read_bytes()
            made.unlink()
            lines += _lines(piece, scan, hashlib.sha256(content).hexdigest(), pairs)
            yield piece.path, content


def _left_out(piece: Placed, scan: str) -> Iterator[Line]:
    why = LEFT[piece.left] if piece.left else ""
    for page, turn in piece.places:
        yield Line("", 0, scan, page, turn, piece.cut.sha256, left=why)


def _lines(piece: Placed, scan: str, digest: str, pairs: list[tuple[str, str]]) -> Iterator[Line]:
    for place, ((page, turn), (before, after)) in enumerate(
        zip(piece.places, pairs, strict=True), 1
    ):
        sha256 = piece.cut.sha256
        yield Line(piece.path, place, scan, page, turn, sha256, digest, before, after)
