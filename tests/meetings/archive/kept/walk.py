"""A world that changes at random in everything that decides who reads what."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Body,
    BodyKind,
    Document,
    DocumentType,
    Issue,
    IssueBody,
    IssueDraft,
    IssueReader,
    ItemReader,
    Meeting,
    MeetingState,
    PaperReader,
    Participant,
    Person,
    Post,
    Reach,
    Relation,
    RelationKind,
    RelationState,
    Role,
    RoleAssignment,
    User,
)
from tests import factories

LEVELS = list(AccessLevel)
DAYS = (None, date(2023, 5, 4), date(2024, 2, 29), date(2025, 12, 31))
WORDS = ("", "Tỉnh ủy", "Ban Tổ chức", "Đảng ủy xã")


class Walk:
    """Take steps through one database; each is a change that somebody might make."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.chance = random.Random(seed)
        self._begin()

    def _begin(self) -> None:
        session = self.session
        root = factories.body(session, kind=BodyKind.PROVINCIAL_COMMITTEE)
        bodies = [root, factories.body(session, root)]
        bodies += [factories.body(session, bodies[1]), factories.body(session)]
        self.people = [
            factories.user(session, (Role.CLERK, root), clearance=AccessLevel.RESTRICTED),
            factories.user(session, (Role.RESEARCHER, root)),
            factories.user(session),
        ]
        for at in range(2):
            item = factories.item(session, factories.meeting(session, bodies[at]))
            factories.item(session, item.meeting, parent_id=item.id)
        for _ in range(6):
            self.file_a_document()
        session.commit()

    def step(self) -> str:
        """Change something, commit, and return what it was."""
        change = self.chance.choice(CHANGES)
        change(self)
        self.session.commit()
        self.session.expire_all()
        return change.__name__

    def some(self, table: type[Any]) -> Any:
        """Return any row of a table, or nothing where it is empty."""
        rows = self.session.scalars(select(table)).unique().all()
        return self.chance.choice(rows) if rows else None

    def person(self) -> Person:
        return self.chance.choice(self.people).person

    def add_once(self, row: Any, *key: Any) -> None:
        """Add a row unless one with its key is there."""
        table = type(row)
        columns = key or [column.name for column in table.__table__.primary_key]
        same = [getattr(table, name) == getattr(row, name) for name in columns]
        if self.session.scalars(select(table).where(*same)).first() is None:
            factories.add(self.session, row)

    def around_now(self) -> Any:
        minutes = self.chance.choice([None, None, -90, -20, 20, 40, 90])
        return None if minutes is None else clock.now() + timedelta(minutes=minutes)

    def file_a_document(self) -> None:
        chance = self.chance
        factories.document(
            self.session,
            self.some(Body),
            access_level=chance.choice(LEVELS),
            doc_type=chance.choice(list(DocumentType)),
            issued_on=chance.choice(DAYS),
            issuer=chance.choice(WORDS),
            signer=chance.choice(WORDS),
            archived_at=chance.choice([None, clock.now()]),
        )

    def change_a_record(self) -> None:
        chance = self.chance
        values = {
            "access_level": chance.choice(LEVELS),
            "doc_type": chance.choice(list(DocumentType)),
            "issued_on": chance.choice(DAYS),
            "issuer": chance.choice(WORDS),
            "signer": chance.choice(WORDS),
            "in_force_from": chance.choice(DAYS),
            "in_force_until": chance.choice([*DAYS, clock.today()]),
            "archived_at": chance.choice([None, clock.now()]),
            "discarded_at": chance.choice([None, None, clock.now()]),
            "body_id": self.some(Body).id,
            "symbol": chance.choice(["", "436-KL/TU", "07-BC/VP"]),
        }
        name = chance.choice(list(values))
        setattr(self.some(Document), name, values[name])

    def change_all_records_at_once(self) -> None:
        kind = self.chance.choice(list(DocumentType))
        self.session.execute(
            update(Document).where(Document.doc_type == kind).values(issuer="Văn phòng")
        )

    def issue(self) -> None:
        row = Issue(document_id=self.some(Document).id, reach=self.chance.choice(list(Reach)))
        self.add_once(row, "document_id")

    def change_a_circulation(self) -> None:
        row = self.some(Issue)
        which = self.chance.choice(("reach", "bodies", "people"))
        if row and which == "reach":
            row.reach = self.chance.choice(list(Reach))
        elif row and which == "bodies":
            self.add_once(IssueBody(issue_id=row.id, body_id=self.some(Body).id))
        elif row:
            self.add_once(IssueReader(issue_id=row.id, person_id=self.person().id))

    def name_a_draft(self) -> None:
        row = self.some(Issue)
        if row:
            draft = IssueDraft(draft_id=self.some(Document).id, issue_id=row.id)
            self.add_once(draft, "draft_id")

    def drop_something(self) -> None:
        """Delete a row of a table that others may hang on, as the database lets it go."""
        tables = (Issue, IssueBody, IssueReader, IssueDraft, PaperReader, ItemReader, AgendaPaper)
        table = self.chance.choice((*tables, Participant, RoleAssignment, Post, Relation))
        row = self.some(table)
        if row:
            keys = [column.name for column in table.__table__.primary_key]
            same = [getattr(table, name) == getattr(row, name) for name in keys]
            self.session.execute(delete(table).where(*same))

    def change_a_meeting(self) -> None:
        self.some(Meeting).state = self.chance.choice(list(MeetingState))

    def invite(self) -> None:
        row = Participant(meeting_id=self.some(Meeting).id, person_id=self.person().id)
        self.add_once(row, "meeting_id", "person_id")

    def lay(self) -> None:
        row = AgendaPaper(
            item_id=self.some(AgendaItem).id,
            document_id=self.some(Document).id,
            released_at=clock.now(),
            readable_from=self.around_now(),
            readable_until=self.around_now(),
        )
        self.add_once(row, "item_id", "document_id")

    def change_a_paper(self) -> None:
        row = self.some(AgendaPaper)
        if row:
            row.recalled_at = self.chance.choice([None, clock.now()])
            row.released_at = self.chance.choice([None, clock.now()])
            row.readable_from, row.readable_until = self.around_now(), self.around_now()

    def name_readers(self) -> None:
        paper, item = self.some(AgendaPaper), self.some(AgendaItem)
        if paper and self.chance.random() < 0.6:
            self.add_once(PaperReader(paper_id=paper.id, person_id=self.person().id))
        else:
            self.add_once(ItemReader(item_id=item.id, person_id=self.person().id))

    def move_an_item(self) -> None:
        below = self.session.scalars(select(AgendaItem).where(AgendaItem.parent_id.is_not(None)))
        row, over = self.chance.choice(below.all() or [None]), self.some(AgendaItem)
        if row and over.parent_id is None:
            row.parent_id = over.id

    def give_a_role(self) -> None:
        role, where = self.chance.choice(list(Role)), self.some(Body)
        row = RoleAssignment(user_id=self.some(User).id, role=role, body_id=where.id)
        self.add_once(row, "user_id", "role", "body_id")

    def give_a_post(self) -> None:
        until = self.chance.choice([None, clock.today(), clock.today() + timedelta(days=1)])
        factories.post(self.session, self.person(), self.some(Body), until=until)

    def change_a_body(self) -> None:
        bodies = self.session.scalars(select(Body)).all()
        above = {body.parent_id for body in bodies}
        row, over = self.chance.choice([b for b in bodies if b.id not in above]), self.some(Body)
        row.kind = self.chance.choice(list(BodyKind))
        row.parent_id = over.id if over is not row else None

    def change_an_account(self) -> None:
        row = self.chance.choice(self.people)
        row = self.session.get_one(User, row.id)
        row.clearance = self.chance.choice(LEVELS)
        row.active = self.chance.random() < 0.8

    def relate(self) -> None:
        source, target = self.some(Document), self.some(Document)
        row = Relation(
            source_id=source.id,
            target_id=target.id,
            kind=self.chance.choice(list(RelationKind)),
            state=self.chance.choice(list(RelationState)),
            since=self.chance.choice(DAYS),
        )
        if source is not target:
            self.add_once(row, "source_id", "target_id")

    def change_one_s_mind(self) -> None:
        """Change what decides a lot, and roll it back."""
        self.session.execute(update(Document).values(access_level=AccessLevel.RESTRICTED))
        self.session.rollback()


CHANGES: list[Callable[[Walk], None]] = [
    Walk.file_a_document,
    Walk.change_a_record,
    Walk.change_a_record,
    Walk.change_all_records_at_once,
    Walk.issue,
    Walk.change_a_circulation,
    Walk.name_a_draft,
    Walk.drop_something,
    Walk.drop_something,
    Walk.change_a_meeting,
    Walk.invite,
    Walk.lay,
    Walk.lay,
    Walk.change_a_paper,
    Walk.name_readers,
    Walk.move_an_item,
    Walk.give_a_role,
    Walk.give_a_post,
    Walk.change_a_body,
    Walk.change_an_account,
    Walk.relate,
    Walk.relate,
    Walk.change_one_s_mind,
]
