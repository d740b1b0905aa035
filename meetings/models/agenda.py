"""Tables of meetings: the meeting, its agenda, its participants, the papers of each item."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetings import clock
from meetings.models.base import Base, Dated, Identified
from meetings.models.documents import Document
from meetings.models.organisation import Body, Person


class MeetingKind(StrEnum):
    """The ten kinds of meeting (domain reference 3.1)."""

    CONGRESS = "congress"
    COMMITTEE_SESSION = "committee_session"
    STANDING_COMMITTEE_MEETING = "standing_committee_meeting"
    STANDING_MEMBERS_MEETING = "standing_members_meeting"
    REVIEW_CONFERENCE = "review_conference"
    STUDY_CONFERENCE = "study_conference"
    BRIEFING = "briefing"
    WORK_SESSION = "work_session"
    CELL_MEETING = "cell_meeting"
    WRITTEN_CONSULTATION = "written_consultation"


class MeetingState(StrEnum):
    """Where a meeting stands (domain reference 3.3)."""

    PLANNED = "planned"
    RELEASED = "released"
    IN_SESSION = "in_session"
    CLOSED = "closed"
    ARCHIVED = "archived"


class ItemKind(StrEnum):
    """What happens at an agenda item."""

    OPENING = "opening"
    REPORT = "report"
    SPEECH = "speech"
    DISCUSSION = "discussion"
    VOTE = "vote"
    BREAK = "break"
    CLOSING = "closing"


class ParticipantRole(StrEnum):
    """What a person is at a meeting (domain reference 3.2)."""

    CHAIR = "chair"
    MEETING_SECRETARY = "meeting_secretary"
    VOTING_DELEGATE = "voting_delegate"
    INVITED_DELEGATE = "invited_delegate"
    PRESENTER = "presenter"


WITH_A_VOTE = frozenset({ParticipantRole.CHAIR, ParticipantRole.VOTING_DELEGATE})
"""Whose opinion decides."""


class StandIn(StrEnum):
    """Whom an invited person who cannot come may propose; the office agrees or not."""

    NOBODY = "nobody"
    SAME_UNIT = "same_unit"
    ANYBODY = "anybody"


class Taking(StrEnum):
    """What a participant may do with a paper; each way allows those before it."""

    READ = "read"
    PRINT = "print"
    DOWNLOAD = "download"


class Meeting(Identified, Dated, Base):
    """A meeting of a body."""

    __tablename__ = "meeting"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    title: Mapped[str]
    kind: Mapped[MeetingKind] = mapped_column(default=MeetingKind.WORK_SESSION)
    place: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    revision: Mapped[int] = mapped_column(default=1)
    agenda_revision: Mapped[int] = mapped_column(default=1)
    """Grows with what two clerks could overwrite each other in: the facts and the agenda."""
    turns_at: Mapped[list[float]] = mapped_column(default=list)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]
    """When its hours or its place last changed."""
    taking: Mapped[Taking] = mapped_column(default=Taking.DOWNLOAD)
    """What participants may do with papers of which nothing else is said."""
    stand_in: Mapped[StandIn] = mapped_column(default=StandIn.SAME_UNIT)

    body: Mapped[Body] = relationship()


class AgendaItem(Identified, Dated, Base):
    """A numbered item of an agenda; items nest."""

    __tablename__ = "agenda_item"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(default=ItemKind.REPORT)
    title: Mapped[str]
    presenter: Mapped[str] = mapped_column(default="")
    planned_minutes: Mapped[int] = mapped_column(default=0)
    set_for: Mapped[datetime | None]
    """When it begins whatever comes before it; such items begin the days of a meeting."""
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    on_paper: Mapped[bool] = mapped_column(default=False)
    """A paper is handed out in the room and collected again; nothing of it is kept here."""
    closed: Mapped[bool] = mapped_column(default=False, index=True)
    """Whoever is not named to read here does not even see that the item is on the agenda."""

    meeting: Mapped[Meeting] = relationship()


class Participant(Identified, Dated, Base):
    """A person's part in a meeting."""

    __tablename__ = "participant"
    constraints = (UniqueConstraint("meeting_id", "person_id"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[ParticipantRole] = mapped_column(default=ParticipantRole.VOTING_DELEGATE)
    whole: Mapped[bool] = mapped_column(default=True)
    """Otherwise they take part in some items only, those of ParticipantItem."""

    person: Mapped[Person] = relationship()


class ParticipantItem(Base):
    """An item, with those below it, for which somebody is invited who does not stay for all."""

    __tablename__ = "participant_item"

    participant_id: Mapped[UUID] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class RemovedParticipant(Identified, Dated, Base):
    """Somebody whom the office took off the list of a meeting, with what brings them back."""

    __tablename__ = "removed_participant"
    constraints = (UniqueConstraint("meeting_id", "person_id"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[ParticipantRole]
    items: Mapped[list[str] | None]
    answer: Mapped[dict[str, Any] | None]

    person: Mapped[Person] = relationship()


class InvitationAnswer(Identified, Dated, Base):
    """What an invited person answered, and whom they propose to come in their place."""

    __tablename__ = "invitation_answer"
    constraints = (UniqueConstraint("participant_id"),)

    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    coming: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    substitute_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    substitute_agreed: Mapped[bool | None]
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)

    participant: Mapped[Participant] = relationship()
    substitute: Mapped[Person | None] = relationship()


class InvitationReminder(Identified, Dated, Base):
    """That the office asked somebody to answer; it lasts until they do."""

    __tablename__ = "invitation_reminder"
    constraints = (UniqueConstraint("participant_id"),)

    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    reminded_at: Mapped[datetime] = mapped_column(default=clock.now)
    times: Mapped[int] = mapped_column(default=1)


class InvitationLetter(Identified, Dated, Base):
    """What the office wrote into the letter of invitation to a meeting."""

    __tablename__ = "invitation_letter"
    constraints = (UniqueConstraint("meeting_id"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    superior: Mapped[str]
    issuer: Mapped[str]
    symbol: Mapped[str]
    place: Mapped[str]
    addressees: Mapped[str]
    text: Mapped[str]
    note: Mapped[str]
    capacity: Mapped[str]
    signer_title: Mapped[str]
    signer_name: Mapped[str]
    recipients: Mapped[str]


class CalendarFeed(Identified, Dated, Base):
    """The secret address under which the calendar of somebody's device asks for their meetings."""

    __tablename__ = "calendar_feed"
    constraints = (UniqueConstraint("user_id"), UniqueConstraint("digest"))

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    digest: Mapped[str]


class AgendaPaper(Identified, Dated, Base):
    """A document laid before an agenda item, from its release to its recall."""

    __tablename__ = "agenda_paper"
    constraints = (UniqueConstraint("item_id", "document_id"),)

    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"))
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    released_at: Mapped[datetime | None]
    recalled_at: Mapped[datetime | None]
    readable_from: Mapped[datetime | None] = mapped_column(index=True)
    readable_until: Mapped[datetime | None] = mapped_column(index=True)
    taking: Mapped[Taking | None]
    """Without a word it is as its meeting says, and only read where the document is restricted."""
    appendix_of: Mapped[UUID | None] = mapped_column(
        ForeignKey("agenda_paper.id", ondelete="SET NULL"), index=True
    )

    item: Mapped[AgendaItem] = relationship()
    document: Mapped[Document] = relationship()

    @property
    def is_out(self) -> bool:
        """Tell whether the paper was released and not recalled since."""
        return self.released_at is not None and self.recalled_at is None
