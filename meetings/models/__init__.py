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
    CalendarFeed,
    InvitationAnswer,
    InvitationLetter,
    InvitationReminder,
    ItemKind,
    Meeting,
    MeetingKind,
    MeetingState,
    Participant,
    ParticipantItem,
    ParticipantRole,
    RemovedParticipant,
    StandIn,
    Taking,
)
from meetings.models.archive import Abbreviation
from meetings.models.base import AccessLevel, Base, new_id
from meetings.models.changes import EVERYTHING, AccessChange
from meetings.models.consultations import (
    Consultation,
    ConsultationOpinion,
    ConsultationQuestion,
    ConsultationReminder,
    ConsultationReply,
    CountingBase,
    Silence,
    Stance,
)
from meetings.models.copies import CopyKind, TakenCopy
from meetings.models.database import Database
from meetings.models.destruction import Destruction
from meetings.models.devices import Device, EnrolmentCode
from meetings.models.documents import (
    UNDERWAY,
    Compartment,
    Document,
    DocumentType,
    DocumentVersion,
    Page,
    VersionState,
)
from meetings.models.fruitless import FruitlessSearch
from meetings.models.issuing import Issue, IssueBody, IssueDraft, IssueReader, Reach
from meetings.models.ledgers import (
    AuditEntry,
    Decision,
    Event,
    Feedback,
    Job,
    JobState,
    PeriodicJob,
)
from meetings.models.notes import Note, NoteKeeping, NoteKind, NoteOperation, NotePlacement
from meetings.models.notices import NoticeMark
from meetings.models.organisation import Body, BodyKind, Person, Post, Term
from meetings.models.packs import KeptPack, TabletTrial
from meetings.models.plans import MeetingStage, MeetingTemplate, PaperPlace, SpecialDay
from meetings.models.reading import ReadingPosition, ReadPages
from meetings.models.relations import Relation, RelationKind, RelationState
from meetings.models.sameness import SameChoice, Sameness, TextMark
from meetings.models.saved_searches import SavedSearch
from meetings.models.sendings import Sending, SentNote
from meetings.models.tray import Certainty, TrayEdit, TrayFile

__all__ = [
    "EVERYTHING",
    "UNDERWAY",
    "Abbreviation",
    "AccessChange",
    "AccessLevel",
    "AgendaItem",
    "AgendaPaper",
    "AuditEntry",
    "Base",
    "Body",
    "BodyKind",
    "CalendarFeed",
    "Certainty",
    "Compartment",
    "Consultation",
    "ConsultationOpinion",
    "ConsultationQuestion",
    "ConsultationReminder",
    "ConsultationReply",
    "CopyKind",
    "CountingBase",
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
    "FruitlessSearch",
    "InvitationAnswer",
    "InvitationLetter",
    "InvitationReminder",
    "Issue",
    "IssueBody",
    "IssueDraft",
    "IssueReader",
    "ItemKind",
    "ItemReader",
    "Job",
    "JobState",
    "KeptPack",
    "Meeting",
    "MeetingKind",
    "MeetingStage",
    "MeetingState",
    "MeetingTemplate",
    "Note",
    "NoteKeeping",
    "NoteKind",
    "NoteOperation",
    "NotePlacement",
    "NoticeMark",
    "OneTimeSecret",
    "Page",
    "PaperPlace",
    "PaperReader",
    "Participant",
    "ParticipantItem",
    "ParticipantRole",
    "PeriodicJob",
    "Person",
    "Post",
    "Reach",
    "ReadPages",
    "ReadingPosition",
    "RecoveryCode",
    "Relation",
    "RelationKind",
    "RelationState",
    "RemovedParticipant",
    "Role",
    "RoleAssignment",
    "SameChoice",
    "Sameness",
    "SavedSearch",
    "SecondFactor",
    "Sending",
    "SentNote",
    "SignIn",
    "Silence",
    "SpecialDay",
    "Stance",
    "StandIn",
    "TabletTrial",
    "TakenCopy",
    "Taking",
    "Term",
    "TextMark",
    "Throttle",
    "TrayEdit",
    "TrayFile",
    "User",
    "VersionState",
    "Widening",
    "WideningDecision",
    "WideningKind",
    "new_id",
]
