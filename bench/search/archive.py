"""Fill an installation with papers of public legal text: bodies, people, circulations, meetings."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from bench.search.corpus import KINDS, Paper
from meetings import clock, vault
from meetings.installation import Installation
from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Body,
    BodyKind,
    Document,
    DocumentType,
    DocumentVersion,
    Issue,
    IssueBody,
    Meeting,
    MeetingState,
    Page,
    Participant,
    Person,
    Post,
    Reach,
    Role,
    RoleAssignment,
    User,
    VersionState,
    new_id,
)
from meetings.settings import Settings
from search_index import DocumentEntry, PageEntry

BODIES = 40
AT_ONCE = 250
WHO = ("clerk", "researcher", "member")
REACHES = (None, None, Reach.PARTY, Reach.PARTY, Reach.BODIES, Reach.BODIES, Reach.PEOPLE)

Row = TypeVar("Row")


def opened(folder: Path) -> Installation:
    """Return the installation in a folder, made where there is none."""
    return Installation(Settings(instance=folder, min_free=0)).prepare()


def fill(installation: Installation, papers: Iterator[Paper]) -> None:
    """Put papers into database, store and index."""
    chance = random.Random(7)
    with installation.database.writing() as session:
        bodies = _bodies(session)
        member = _people(session, bodies)
        items = _meetings(session, bodies, member)
        session.commit()
        while some := list(islice(papers, AT_ONCE)):
            entries = [_paper(session, installation, chance, bodies, items, each) for each in some]
            session.commit()
            session.expunge_all()
            installation.index.put(*entries)


def _add(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row


def _bodies(session: Session) -> Sequence[Body]:
    root = _add(session, Body(kind=BodyKind.PROVINCIAL_COMMITTEE, name="Tỉnh ủy Lam Khê"))
    kind = BodyKind.ADVISORY_BODY
    under = (Body(kind=kind, name=f"Ban {at}", parent_id=root.id) for at in range(BODIES))
    return [root, *(_add(session, body) for body in under)]


def _people(session: Session, bodies: Sequence[Body]) -> Person:
    for name in WHO:
        person = _add(session, Person(full_name=name))
        user = _add(
            session, User(person_id=person.id, username=name, clearance=AccessLevel.INTERNAL)
        )
        if name == "member":
            since = clock.today() - timedelta(days=400)
            session.add(
                Post(person_id=person.id, body_id=bodies[3].id, title="Ủy viên", since=since)
            )
        else:
            role = Role(name)
            session.add(RoleAssignment(user_id=user.id, role=role, body_id=bodies[0].id))
    session.flush()
    return person


def _meetings(session: Session, bodies: Sequence[Body], member: Person) -> Sequence[AgendaItem]:
    items = []
    for at in range(200):
        start = clock.now() - timedelta(days=at)
        times = {"starts_at": start, "ends_at": start + timedelta(hours=3)}
        body = bodies[at % len(bodies)]
        meeting = _add(
            session,
            Meeting(body_id=body.id, title=f"Kỳ {at}", state=MeetingState.RELEASED, **times),
        )
        session.add(Participant(meeting_id=meeting.id, person_id=member.id))
        item = AgendaItem(meeting_id=meeting.id, title="Báo cáo", position=1, planned_minutes=20)
        items.append(_add(session, item))
    return items


def _paper(
    session: Session,
    installation: Installation,
    chance: random.Random,
    bodies: Sequence[Body],
    items: Sequence[AgendaItem],
    paper: Paper,
) -> DocumentEntry:
    """Add the rows of one paper and return what the index is given."""
    document = _document(session, chance, bodies, paper)
    version = _version(session, installation, document, paper)
    _circulate(session, chance, bodies, document)
    if chance.random() < 0.3:
        item = chance.choice(items)
        session.add(AgendaPaper(item_id=item.id, document_id=document.id, released_at=clock.now()))
    return DocumentEntry(
        document=str(document.id),
        version=str(version.id),
        pages=tuple(PageEntry(at, text) for at, text in enumerate(paper.pages, 1)),
        symbol=paper.number,
        title=paper.title,
        issued_on=paper.day,
    )


def _document(
    session: Session, chance: random.Random, bodies: Sequence[Body], paper: Paper
) -> Document:
    kinds = list(DocumentType)
    day = str(paper.day)
    row = Document(
        body_id=chance.choice(bodies).id,
        access_level=AccessLevel.NORMAL,
        title=paper.title,
        doc_type=kinds[list(KINDS).index(paper.kind) % len(kinds)],
        symbol=paper.number,
        issued_on=date(int(day[:4]), int(day[4:6]), int(day[6:])),
        issuer=paper.number.rpartition("/")[2],
        archived_at=clock.now() if chance.random() < 0.9 else None,
    )
    return _add(session, row)


def _version(
    session: Session, installation: Installation, document: Document, paper: Paper
) -> DocumentVersion:
    keys, store = installation.keys, installation.store
    compartment = vault.open_compartment(session, keys, document.body_id, document.access_level)
    identity = new_id()
    locked = vault.new_keys(keys, compartment, identity)
    texts = [store.put_bytes(text.encode(), key=locked.storage) for text in paper.pages]
    version = DocumentVersion(
        id=identity,
        document_id=document.id,
        compartment_id=compartment.id,
        file_name="van-ban.pdf",
        media_type="application/pdf",
        size=texts[0].plain_size,
        plain_sha256=texts[0].plain_sha256,
        blob=texts[0].digest,
        storage_key=locked.wrapped_storage,
        reading_key=locked.wrapped_reading,
        page_count=len(texts),
        state=VersionState.READY,
    )
    _add(session, version)
    session.add_all(_page(version, at, text.digest) for at, text in enumerate(texts, 1))
    return version


def _page(version: DocumentVersion, number: int, text: str) -> Page:
    files: dict[str, Any] = dict.fromkeys(Page.FILES, text)
    size = {"width": 595.0, "height": 842.0, "crop": [0.0, 0.0, 1.0, 1.0]}
    return Page(version_id=version.id, number=number, **size, **files)


def _circulate(
    session: Session, chance: random.Random, bodies: Sequence[Body], document: Document
) -> None:
    reach = chance.choice(REACHES)
    if reach is None:
        return
    issue = _add(session, Issue(document_id=document.id, reach=reach))
    if reach is Reach.BODIES:
        some = chance.sample(bodies, 3)
        session.add_all(IssueBody(issue_id=issue.id, body_id=body.id) for body in some)
