"""Fill an installation with papers of public legal text: bodies, people, circulations, meetings."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

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
    Compartment,
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
SINCE = date(2025, 1, 1)
AT_ONCE = 250
MANY_AT_ONCE = 2500
NO_FILE = "0" * 64
WHO = ("clerk", "researcher", "member")
MOSTLY_OPEN = (*[None] * 7, Reach.PARTY, Reach.PARTY, Reach.BODIES)
"""Of these a researcher with a post reads five in six."""
REACHES = (None, None, Reach.PARTY, Reach.PARTY, Reach.BODIES, Reach.BODIES, Reach.PEOPLE)

Row = TypeVar("Row")


def opened(folder: Path) -> Installation:
    """Return the installation in a folder, made where there is none."""
    return Installation(Settings(instance=folder, min_free=0)).prepare()


def fill(installation: Installation, papers: Iterator[Paper], *, texts: bool = True) -> None:
    """Put papers into database, store and index.

    Without `texts` the pages have no files, and most papers are open to a researcher.
    """
    chance = random.Random(7)
    at_once = AT_ONCE if texts else MANY_AT_ONCE
    with installation.database.writing() as session:
        bodies = _bodies(session)
        member = _people(session, bodies)
        items = _meetings(session, bodies, member)
        session.commit()
        place = _Place(session, installation, chance, bodies, items, texts=texts)
        while some := list(islice(papers, at_once)):
            entries = [place.paper(each) for each in some]
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
            session.add(Post(person_id=person.id, body_id=bodies[3].id, title="Ủy", since=SINCE))
        else:
            role = Role(name)
            session.add(RoleAssignment(user_id=user.id, role=role, body_id=bodies[0].id))
        if name == "researcher":
            session.add(Post(person_id=person.id, body_id=bodies[2].id, title="Phó", since=SINCE))
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


@dataclass
class _Place:
    """Where papers are put."""

    session: Session
    installation: Installation
    chance: random.Random
    bodies: Sequence[Body]
    items: Sequence[AgendaItem]
    texts: bool

    def paper(self, paper: Paper) -> DocumentEntry:
        """Add the rows of one paper and return what the index is given."""
        document = self._document(paper)
        version = self._version(document, paper)
        self._circulate(document)
        if self.chance.random() < 0.3:
            item = self.chance.choice(self.items)
            out = {"item_id": item.id, "document_id": document.id, "released_at": clock.now()}
            self.session.add(AgendaPaper(**out))
        return DocumentEntry(
            document=str(document.id),
            version=str(version.id),
            pages=tuple(PageEntry(at, text) for at, text in enumerate(paper.pages, 1)),
            symbol=paper.number,
            title=paper.title,
            issued_on=paper.day,
        )

    def _document(self, paper: Paper) -> Document:
        kinds = list(DocumentType)
        day = str(paper.day)
        row = Document(
            id=new_id(),
            body_id=self.chance.choice(self.bodies).id,
            access_level=AccessLevel.NORMAL,
            title=paper.title,
            doc_type=kinds[list(KINDS).index(paper.kind) % len(kinds)],
            symbol=paper.number,
            issued_on=date(int(day[:4]), int(day[4:6]), int(day[6:])),
            issuer=paper.number.rpartition("/")[2],
            archived_at=clock.now() if self.chance.random() < 0.9 else None,
        )
        self.session.add(row)
        return row

    def _version(self, document: Document, paper: Paper) -> DocumentVersion:
        keys, identity = self.installation.keys, new_id()
        compartment = self._compartment(document.body_id)
        locked = vault.new_keys(keys, compartment, identity)
        put = self.installation.store.put_bytes
        names = [
            put(text.encode(), key=locked.storage).digest if self.texts else NO_FILE
            for text in paper.pages
        ]
        version = DocumentVersion(
            id=identity,
            document_id=document.id,
            compartment_id=compartment.id,
            file_name="van-ban.pdf",
            media_type="application/pdf",
            size=len(paper.pages[0]),
            plain_sha256=paper.id.rjust(64, "0"),
            blob=names[0],
            storage_key=locked.wrapped_storage,
            reading_key=locked.wrapped_reading,
            page_count=len(names),
            state=VersionState.READY,
        )
        self.session.add(version)
        self.session.add_all(_page(version, at, name) for at, name in enumerate(names, 1))
        return version

    def _compartment(self, body: UUID) -> Compartment:
        if body not in self._compartments:
            keys, level = self.installation.keys, AccessLevel.NORMAL
            made = vault.open_compartment(self.session, keys, body, level)
            self._compartments[body] = made
        return self._compartments[body]

    def _circulate(self, document: Document) -> None:
        reach = self.chance.choice(REACHES if self.texts else MOSTLY_OPEN)
        if reach is None:
            return
        issue = Issue(id=new_id(), document_id=document.id, reach=reach)
        self.session.add(issue)
        if reach is Reach.BODIES:
            some = self.chance.sample(self.bodies, 3)
            self.session.add_all(IssueBody(issue_id=issue.id, body_id=body.id) for body in some)

    def __post_init__(self) -> None:
        self._compartments: dict[UUID, Compartment] = {}


def _page(version: DocumentVersion, number: int, text: str) -> Page:
    files: dict[str, Any] = dict.fromkeys(Page.FILES, text)
    size = {"width": 595.0, "height": 842.0, "crop": [0.0, 0.0, 1.0, 1.0]}
    return Page(version_id=version.id, number=number, **size, **files)
