"""Which of the 104 kinds a dossier has, which never arose, which are missing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from meetings.intake.dossiers import KINDS, Kind
from meetings.members.register.queries import below
from meetings.models import (
    Body,
    DossierMark,
    DossierPiece,
    DossierScan,
    EventKind,
    Mark,
    Member,
    MemberEvent,
    PieceState,
)
from meetings.policy import Asker, readable_members

FIRST = 1
"""The priority of what is reported as missing."""
PROVEN_BY: Mapping[EventKind, tuple[int, ...]] = {
    EventKind.REGISTERED: (2,),
    EventKind.SUPPLEMENTED: (4,),
    EventKind.ADMITTED: (5, 6),
    EventKind.MADE_OFFICIAL: (7, 10),
    EventKind.CARD_ISSUED: (19,),
    EventKind.BADGE_AWARDED: (20,),
    EventKind.COMMENDED: (23,),
    EventKind.DISCIPLINED: (22,),
    EventKind.EXPELLED: (22,),
    EventKind.STRUCK_OFF: (16, 8),
    EventKind.LEFT: (17,),
}
"""The kinds of which one proves an event; the first is named when none is there."""


Members = Select[UUID] | Collection[UUID]


class Presence(StrEnum):
    """How a kind stands in a dossier."""

    THERE = "there"
    NOT_ARISEN = "not_arisen"
    UNKNOWN = "unknown"
    TO_SUPPLEMENT = "to_supplement"


@dataclass(frozen=True)
class Line:
    """A kind in a dossier: how it stands, how many papers, whether the record asks for it."""

    kind: Kind
    presence: Presence
    papers: int
    expected: bool

    @property
    def is_missing(self) -> bool:
        """Tell whether it should be there and is not."""
        asked = self.expected and self.presence is Presence.UNKNOWN
        return asked or self.presence is Presence.TO_SUPPLEMENT


@dataclass(frozen=True)
class Gap:
    """A member whose dossier lacks something of the first priority, or still waits."""

    member: Member
    papers: int
    waiting: int
    missing: Sequence[Kind]


def lines_of(session: Session, member: Member) -> list[Line]:
    """Return how each of the 104 kinds stands in a dossier."""
    one = [member.id]
    return _lines(
        _papers(session, one)[member.id],
        _marks(session, one)[member.id],
        _happened(session, one)[member.id],
    )


def gaps_of(session: Session, body: Body, *, by: Asker) -> list[Gap]:
    """Return the members of a body and of those below it with what their dossiers lack."""
    found = readable_members(by).where(Member.present, Member.body_id.in_(below(body, by=by)))
    ordered = found.order_by(Member.sort_name, Member.id).options(joinedload(Member.body))
    members = session.scalars(ordered).all()
    ids = found.with_only_columns(Member.id)
    papers, marks, happened = _papers(session, ids), _marks(session, ids), _happened(session, ids)
    waiting = _waiting(session, ids)
    return [
        Gap(
            member,
            papers[member.id].total(),
            waiting[member.id],
            missing(_lines(papers[member.id], marks[member.id], happened[member.id])),
        )
        for member in members
    ]


def missing(lines: Iterable[Line]) -> list[Kind]:
    """Return the kinds of the first priority that are missing."""
    return [line.kind for line in lines if line.is_missing and line.kind.priority == FIRST]


def _lines(
    papers: Counter[int], marks: Mapping[int, Mark], happened: Collection[EventKind]
) -> list[Line]:
    proofs = [kinds for event, kinds in PROVEN_BY.items() if event in happened]
    lacking = {kinds[0] for kinds in proofs if not any(kind in papers for kind in kinds)}
    return [
        Line(kind, _presence(number, papers, marks), papers[number], number in lacking)
        for number, kind in KINDS.items()
    ]


def _presence(number: int, papers: Counter[int], marks: Mapping[int, Mark]) -> Presence:
    mark = marks.get(number)
    if mark is Mark.TO_SUPPLEMENT:
        return Presence.TO_SUPPLEMENT
    if papers[number]:
        return Presence.THERE
    return Presence.NOT_ARISEN if mark else Presence.UNKNOWN


def _papers(session: Session, members: Members) -> Mapping[UUID, Counter[int]]:
    """Count the accepted papers of members by kind."""
    counted = (
        select(DossierScan.member_id, DossierPiece.kind, func.count())
        .select_from(DossierPiece)
        .join(DossierScan, DossierScan.id == DossierPiece.scan_id)
        .where(DossierPiece.state == PieceState.ACCEPTED, DossierScan.member_id.in_(members))
        .group_by(DossierScan.member_id, DossierPiece.kind)
    )
    found: defaultdict[UUID, Counter[int]] = defaultdict(Counter)
    for member, kind, count in session.execute(counted):
        if kind is not None:
            found[member][kind] = count
    return found


def _waiting(session: Session, members: Members) -> Counter[UUID]:
    """Count the pieces of members that are no papers yet."""
    counted = (
        select(DossierScan.member_id, func.count())
        .select_from(DossierPiece)
        .join(DossierScan, DossierScan.id == DossierPiece.scan_id)
        .where(DossierPiece.state != PieceState.ACCEPTED, DossierScan.member_id.in_(members))
        .group_by(DossierScan.member_id)
    )
    return Counter(dict(session.execute(counted).all()))


def _marks(session: Session, members: Members) -> Mapping[UUID, Mapping[int, Mark]]:
    found: defaultdict[UUID, dict[int, Mark]] = defaultdict(dict)
    for row in session.scalars(select(DossierMark).where(DossierMark.member_id.in_(members))):
        found[row.member_id][row.kind] = row.mark
    return found


def _happened(session: Session, members: Members) -> Mapping[UUID, set[EventKind]]:
    found: defaultdict[UUID, set[EventKind]] = defaultdict(set)
    kinds = select(MemberEvent.member_id, MemberEvent.kind).distinct()
    for member, kind in session.execute(kinds.where(MemberEvent.member_id.in_(members))):
        found[member].add(kind)
    return found
