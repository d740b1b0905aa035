"""Find the older documents that a newer one looks like."""

from collections.abc import Iterable
from struct import unpack
from uuid import UUID

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from meetings.documents.queries import CURRENT_FILE
from meetings.intake.same import Known, compare, shingles
from meetings.models import Document, DocumentVersion, Sameness, TextMark

INDEXED = 16  # of the smallest hashes; of texts alike to two fifths some are nearly always shared
CANDIDATES = 50
PADDED = 3  # digits to which some offices fill a number up with zeros
WIDEST = 63  # bits of a whole number that every database keeps


def mark(session: Session, version: DocumentVersion, text: str) -> None:
    """Keep by what a version's text can be told again."""
    version.marks = shingles(text)
    session.execute(delete(TextMark).where(TextMark.version_id == version.id))
    session.add_all(TextMark(version_id=version.id, mark=each) for each in _indexed(version.marks))
    session.flush()


def look(session: Session, version: DocumentVersion) -> None:
    """Note the older documents like this one; what was decided before stays decided."""
    document = version.document
    others = {str(other.id): (other, file) for other, file in _candidates(session, version)}
    known = set(
        session.scalars(select(Sameness.other_id).where(Sameness.document_id == document.id))
    )
    new = _known(document, version)
    for same in compare(new, [_known(*pair) for pair in others.values()]):
        other = UUID(same.id)
        if other not in known:
            session.add(
                Sameness(
                    document_id=document.id,
                    other_id=other,
                    kind=same.kind,
                    similarity=same.similarity,
                )
            )
    session.flush()


def _candidates(
    session: Session, version: DocumentVersion
) -> Iterable[tuple[Document, DocumentVersion]]:
    document = version.document
    query = (
        select(Document, DocumentVersion)
        .join(DocumentVersion, CURRENT_FILE)
        .where(
            Document.discarded_at.is_(None),
            Document.id != document.id,
            Document.created_at <= document.created_at,
            or_(
                DocumentVersion.plain_sha256 == version.plain_sha256,
                and_(Document.symbol != "", Document.symbol.in_(_spellings(document.symbol))),
                DocumentVersion.id.in_(_alike(session, version)),
            ),
        )
        .order_by(Document.id.desc())
        .limit(CANDIDATES)
    )
    for row in session.execute(query):
        yield row[0], row[1]


def _spellings(symbol: str) -> set[str]:
    number, dash, rest = symbol.partition("-")
    plain = number.lstrip("0")
    return {f"{plain.zfill(width)}{dash}{rest}" for width in range(1, PADDED + 1)} | {symbol}


def _alike(session: Session, version: DocumentVersion) -> list[UUID]:
    """Return the versions that share most of the hashes by which texts are indexed."""
    shared = func.count(TextMark.mark)
    query = (
        select(TextMark.version_id)
        .where(TextMark.mark.in_(_indexed(version.marks or b"")), TextMark.version_id != version.id)
        .group_by(TextMark.version_id)
        .order_by(shared.desc(), TextMark.version_id.desc())
        .limit(CANDIDATES)
    )
    return list(session.scalars(query))


def _indexed(marks: bytes) -> list[int]:
    hashes = unpack(f">{len(marks) // 8}Q", marks)[:INDEXED]
    return sorted({each >> (64 - WIDEST) for each in hashes})


def _known(document: Document, version: DocumentVersion) -> Known:
    return Known(
        id=str(document.id),
        digest=bytes.fromhex(version.plain_sha256),
        signature=version.marks or b"",
        number=document.symbol,
        kind_family=document.doc_type.value,
        issuer=document.issuer,
        issued=document.issued_on,
    )
