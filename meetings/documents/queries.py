"""What is known about documents: versions, pages, and what the pages hold."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from meetings import vault
from meetings.installation import Installation
from meetings.intake import Contents, unpack_words
from meetings.models import (
    Abbreviation,
    AuditEntry,
    Decision,
    Document,
    DocumentVersion,
    DossierPackage,
    DossierPage,
    DossierScan,
    Page,
    Person,
    User,
)
from meetings.policy import Asker, Permission, readable_people
from search_index import ABBREVIATIONS

CURRENT_FILE = and_(
    DocumentVersion.document_id == Document.id, DocumentVersion.superseded_at.is_(None)
)
CURRENT = (
    select(DocumentVersion)
    .where(
        DocumentVersion.document_id.in_(bindparam("documents", expanding=True)),
        DocumentVersion.superseded_at.is_(None),
    )
    .options(joinedload(DocumentVersion.compartment))
)
PAGES = (
    select(Page)
    .where(Page.version_id == bindparam("shown", type_=DocumentVersion.id.type))
    .order_by(Page.number)
)
MOMENT = AuditEntry.__table__.c.at.type
ROWS_AT_ONCE = 1000
WIDTHS = {240: "thumbnail", 1200: "small_image", 1600: "large_image"}
"""The pictures of a page by their widths; the light one has none: it may be missing yet."""


def current_version(session: Session, document: Document) -> DocumentVersion | None:
    """Return the version of a document that is read now."""
    return current_versions(session, [document]).get(document.id)


def current_versions(
    session: Session, documents: Collection[Document]
) -> dict[UUID, DocumentVersion]:
    """Return the version that is read now of each document, by the document's id."""
    versions = session.scalars(CURRENT, {"documents": [document.id for document in documents]})
    return {version.document_id: version for version in versions}


@dataclass(frozen=True)
class Opening:
    """How often a person opened a document, and when first and last."""

    name: str
    times: int
    first: datetime
    last: datetime


def openings_of(session: Session, document: Document, *, by: Asker) -> list[Opening]:
    """Return who opened a document, those who did so last before the others."""
    query = (
        readable_people(by)
        .join(User, User.person_id == Person.id)
        .join(AuditEntry, AuditEntry.actor_id == User.id)
        .where(
            AuditEntry.action == Permission.DOCUMENT_READ.value,
            AuditEntry.subject_id == str(document.id),
            AuditEntry.decision == Decision.ALLOWED,
        )
        .group_by(Person.id, Person.full_name)
        .with_only_columns(
            Person.full_name,
            func.count(AuditEntry.seq),
            func.min(AuditEntry.at, type_=MOMENT),
            func.max(AuditEntry.at, type_=MOMENT),
        )
    )
    rows: Any = session.execute(query)
    return sorted((Opening(*row) for row in rows), key=lambda opening: opening.last, reverse=True)


def pages_of(session: Session, version: DocumentVersion) -> Sequence[Page]:
    """Return the prepared pages of a version in order."""
    return session.scalars(PAGES, {"shown": version.id}).all()


def page_text(installation: Installation, page: Page) -> str:
    """Return the text of a page."""
    key = vault.storage_key(installation.keys, page.version)
    return installation.store.read(page.text, key=key).decode()


def page_words(installation: Installation, page: Page) -> list[dict[str, Any]]:
    """Return the words of a page with their boxes as fractions of the page."""
    key = vault.reading_key(installation.keys, page.version)
    words: list[dict[str, Any]] = json.loads(
        unpack_words(installation.store.read(page.words, key=key))
    )
    return words


def page_image(installation: Installation, page: Page, width: int) -> bytes:
    """Return the picture of a page, 240, 1200 or 1600 pixels wide; raise KeyError for others."""
    key = vault.reading_key(installation.keys, page.version)
    return installation.store.read(getattr(page, WIDTHS[width]), key=key)


def light_image(installation: Installation, page: Page) -> bytes:
    """Return the picture of a page for a poor network."""
    key = vault.reading_key(installation.keys, page.version)
    return installation.store.read(page.lightest_image, key=key)


def contents_of(installation: Installation, version: DocumentVersion) -> Contents:
    """Return the bookmarks of a version and the printed numbers of its pages, as far as known."""
    if version.contents is None or version.reading_key is None:
        return Contents()
    key = vault.reading_key(installation.keys, version)
    return Contents.from_json(json.loads(installation.store.read(version.contents, key=key)))


def named_files(session: Session) -> Iterator[str]:
    """Yield the files that versions, scans and their pages name; there may be millions."""
    named = (
        (DocumentVersion.blob, DocumentVersion.viewing, DocumentVersion.contents),
        tuple(getattr(Page, name) for name in Page.FILES),
        (DossierPackage.blob,),
        (DossierScan.blob,),
        (DossierPage.picture, DossierPage.thumbnail),
    )
    for columns in named:
        for row in session.execute(select(*columns)).yield_per(ROWS_AT_ONCE):
            yield from filter(None, row)


def abbreviations_in_use(session: Session) -> dict[str, str]:
    """Return the table with which questions are read: the product's as the offices changed it."""
    changed = {row.short: row.full for row in session.scalars(select(Abbreviation))}
    return {short: full for short, full in ({**ABBREVIATIONS, **changed}).items() if full}
