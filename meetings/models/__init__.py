"""The tables, one file a subject; they know nothing above themselves."""

from meetings.models.access import (
    ItemReader,
    PaperReader,
    Widening,
    WideningDecision,
    WideningKind,
)
from meetings.models.accounts import (
    OneTimeSecret,
    RecoveryCode,
    Role,
    RoleAssignment,
    SecondFactor,
    SignIn,
    Throttle,
    User,
)
from meetings.models.agenda import (
    AgendaItem,
    AgendaPaper,
    ItemKind,
    Meeting,
    MeetingKind,
    MeetingState,
    Participant,
    ParticipantRole,
)
from meetings.models.archive import Abbreviation
from meetings.models.base import AccessLevel, Base, new_id
from meetings.models.database import Database
from meetings.models.destruction import Destruction
from meetings.models.devices import Device, EnrolmentCode
from meetings.models.documents import (
    Compartment,
    Document,
    DocumentType,
    DocumentVersion,
    Page,
    VersionState,
)
from meetings.models.ledgers import (
    AuditEntry,
    Decision,
    Event,
    Feedback,
    Job,
    JobState,
    PeriodicJob,
)
from meetings.models.organisation import Body, BodyKind, Person, Post
from meetings.models.reading import ReadingPosition
from meetings.models.tray import Certainty, TrayFile

__all__ = [
    "Abbreviation",
    "AccessLevel",
    "AgendaItem",
    "AgendaPaper",
    "AuditEntry",
    "Base",
    "Body",
    "BodyKind",
    "Certainty",
    "Compartment",
    "Database",
    "Decision",
    "Destruction",
    "Device",
    "Document",
    "DocumentType",
    "DocumentVersion",
    "EnrolmentCode",
    "Event",
    "Feedback",
    "ItemKind",
    "ItemReader",
    "Job",
    "JobState",
    "Meeting",
    "MeetingKind",
    "MeetingState",
    "OneTimeSecret",
    "Page",
    "PaperReader",
    "Participant",
    "ParticipantRole",
    "PeriodicJob",
    "Person",
    "Post",
    "ReadingPosition",
    "RecoveryCode",
    "Role",
    "RoleAssignment",
    "SecondFactor",
    "SignIn",
    "Throttle",
    "TrayFile",
    "User",
    "VersionState",
    "Widening",
    "WideningDecision",
    "WideningKind",
    "new_id",
]
