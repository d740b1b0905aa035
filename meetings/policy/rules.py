"""Which predicates open which permission: data, and nothing else opens anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import and_, or_

from meetings.models import (
    AccessToken,
    AgendaItem,
    AgendaPaper,
    Body,
    BridgePoint,
    Custody,
    Destruction,
    Device,
    Dissolution,
    Document,
    DocumentVersion,
    DossierPackage,
    DossierPage,
    DossierScan,
    Feedback,
    Job,
    Meeting,
    MeetingTemplate,
    Member,
    MemberEvent,
    Note,
    Page,
    PaperComment,
    Participant,
    Person,
    Room,
    SavedSearch,
    Sending,
    ServiceRequest,
    SignIn,
    TakenCopy,
    User,
    Widening,
)
from meetings.policy.permissions import Permission
from meetings.policy.predicates import (
    DOWNLOADERS,
    OFFICE_OF_BIN,
    OFFICE_OF_DOCUMENT,
    OFFICE_OF_USER,
    PRINTERS,
    READERS,
    TAKERS_OF_ORIGINALS,
    Predicate,
    answers_for_comment,
    answers_for_paper,
    anyone,
    asked_for_by_another,
    dossier_was_sent,
    has_a_vote,
    is_administrator,
    is_cell_secretary,
    is_cleared_for_all,
    is_clerk,
    is_clerk_of_body,
    is_clerk_of_item,
    is_clerk_of_its_room,
    is_clerk_of_meeting,
    is_clerk_of_paper,
    is_clerk_of_participant,
    is_clerk_of_point,
    is_clerk_of_room,
    is_clerk_of_service,
    is_clerk_of_template,
    is_clerk_of_widening,
    is_not_withdrawn,
    is_office_of_comment,
    is_office_of_copy,
    is_office_of_destruction,
    is_office_of_device,
    is_office_of_pack,
    is_own_comment,
    is_own_device,
    is_own_note,
    is_own_search,
    is_own_sign_in,
    is_own_token,
    is_participant,
    is_secretary_of_body,
    keeps_receiving,
    keeps_record,
    keeps_record_of_event,
    keeps_record_of_page,
    keeps_record_of_scan,
    keeps_records,
    keeps_records_of_body,
    keeps_records_of_package,
    keeps_sending,
    leads_the_meeting,
    may_read_version,
    meeting_is_open,
    members_are_on,
    of,
    paper_document_is_cleared,
    paper_is_readable_to_them,
    participates_in_item,
    serves_its_room,
    was_asked_by_another,
    was_sent_by_them,
    was_sent_to_their_office,
    was_sent_to_them,
    widening_waits,
)


class Audited(Enum):
    """Which deeds under a permission leave a line in the ledger; refusals always do."""

    NOTHING = "nothing"
    CHANGES = "changes"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Rule:
    """Clauses over the rows of a table: any clause, all its predicates; nothing else opens."""

    table: type[Any] | None
    clauses: tuple[tuple[Predicate, ...], ...]
    audited: Audited = Audited.NOTHING
    hides: bool = False
    """Whether a refusal without a row answers as if there were no such page."""

    @property
    def condition(self) -> Predicate:
        """Return the rule as one expression."""
        return or_(*(and_(*clause) for clause in self.clauses))


SECOND_PERSON = (is_clerk_of_widening, is_cleared_for_all, widening_waits)

RULES: Mapping[Permission, Rule] = {
    Permission.ABBREVIATIONS_EDIT: Rule(None, ((is_clerk,),), Audited.CHANGES),
    Permission.ACCOUNT_USE: Rule(None, ((anyone,),)),
    Permission.AGENDA_ITEM_NOTE: Rule(AgendaItem, ((is_clerk_of_item,), (participates_in_item,))),
    Permission.AGENDA_ITEM_PREPARE: Rule(AgendaItem, ((is_clerk_of_item,),), Audited.CHANGES),
    Permission.AGENDA_ITEM_READ: Rule(AgendaItem, ((is_clerk_of_item,), (participates_in_item,))),
    Permission.ARCHIVE_EXPORT: Rule(None, ((anyone,),), Audited.EVERYTHING),
    Permission.ARCHIVE_IMPORT: Rule(Body, ((is_clerk_of_body,),), Audited.CHANGES),
    Permission.ARCHIVE_SEARCH: Rule(None, ((anyone,),)),
    Permission.BIN_READ: Rule(None, ((is_clerk,),)),
    Permission.BODY_DISSOLVE: Rule(Body, ((is_administrator,),), Audited.CHANGES),
    Permission.BODY_KEEP: Rule(Body, ((is_administrator,),), Audited.CHANGES),
    Permission.BODY_READ: Rule(Body, ((anyone,),)),
    Permission.CALENDAR_FEED: Rule(None, ((anyone,),), Audited.CHANGES),
    Permission.COMMENT_ANSWER: Rule(
        PaperComment, ((is_office_of_comment,), (answers_for_comment,)), Audited.CHANGES
    ),
    Permission.COMMENT_CHANGE: Rule(PaperComment, ((is_own_comment,),), Audited.CHANGES),
    Permission.COMMENT_WRITE: Rule(AgendaPaper, ((paper_is_readable_to_them,),), Audited.CHANGES),
    Permission.COMMENTS_OPEN: Rule(
        AgendaPaper, ((is_clerk_of_paper, paper_document_is_cleared),), Audited.CHANGES
    ),
    Permission.COMMENTS_READ: Rule(
        AgendaPaper,
        (
            (is_clerk_of_paper, paper_document_is_cleared),
            (answers_for_paper, paper_is_readable_to_them),
        ),
    ),
    Permission.COPY_READ: Rule(
        TakenCopy, ((is_office_of_copy,), (is_office_of_pack,)), Audited.EVERYTHING
    ),
    Permission.COPY_TRACE: Rule(None, ((is_clerk,),)),
    Permission.DESTRUCTION_ASK: Rule(Document, (OFFICE_OF_BIN,), Audited.CHANGES),
    Permission.DESTRUCTION_CONFIRM: Rule(
        Destruction, ((is_office_of_destruction, asked_for_by_another),), Audited.CHANGES
    ),
    Permission.DEVICE_END: Rule(
        Device, ((is_own_device,), (is_office_of_device,), (is_administrator,)), Audited.CHANGES
    ),
    Permission.DEVICE_NEW_PIN: Rule(Device, ((is_office_of_device,),), Audited.CHANGES),
    Permission.DOCUMENT_BOOKMARK: Rule(Document, READERS),
    Permission.DOCUMENT_DISCARD: Rule(Document, (OFFICE_OF_DOCUMENT,), Audited.CHANGES),
    Permission.DOCUMENT_DOWNLOAD: Rule(Document, DOWNLOADERS, Audited.EVERYTHING),
    Permission.DOCUMENT_FACTS: Rule(Document, READERS),
    Permission.DOCUMENT_ISSUE: Rule(Document, (OFFICE_OF_DOCUMENT,), Audited.CHANGES),
    Permission.DOCUMENT_KEY: Rule(Document, READERS, Audited.EVERYTHING),
    Permission.DOCUMENT_MANIFEST: Rule(Document, READERS),
    Permission.DOCUMENT_ORIGINAL: Rule(Document, TAKERS_OF_ORIGINALS, Audited.EVERYTHING),
    Permission.DOCUMENT_PLAY: Rule(Document, READERS),
    Permission.DOCUMENT_PREPARE: Rule(Document, (OFFICE_OF_DOCUMENT,), Audited.CHANGES),
    Permission.DOCUMENT_PRINT: Rule(Document, PRINTERS, Audited.EVERYTHING),
    Permission.DOCUMENT_READ: Rule(Document, READERS, Audited.EVERYTHING),
    Permission.DOCUMENT_READERS: Rule(Document, (OFFICE_OF_DOCUMENT,)),
    Permission.DOCUMENT_RELATE: Rule(Document, (OFFICE_OF_DOCUMENT,), Audited.CHANGES),
    Permission.DOCUMENT_RESTORE: Rule(Document, (OFFICE_OF_BIN,), Audited.CHANGES),
    Permission.DOSSIER_CUT: Rule(
        DossierScan, ((members_are_on, keeps_record_of_scan),), Audited.CHANGES
    ),
    Permission.DOSSIER_FILL: Rule(Member, ((members_are_on, keeps_record),), Audited.CHANGES),
    Permission.DOSSIER_OPEN: Rule(
        DossierScan, ((members_are_on, keeps_record_of_scan),), Audited.EVERYTHING
    ),
    Permission.DOSSIER_PAGE: Rule(DossierPage, ((members_are_on, keeps_record_of_page),)),
    Permission.DOSSIER_READ: Rule(Member, ((members_are_on, keeps_record),), Audited.EVERYTHING),
    Permission.DOSSIERS_COUNT: Rule(
        Body, ((members_are_on, keeps_records_of_body),), Audited.EVERYTHING
    ),
    Permission.DOSSIERS_EXPORT: Rule(
        Body, ((members_are_on, keeps_records_of_body),), Audited.EVERYTHING
    ),
    Permission.DOSSIERS_TAKE: Rule(
        DossierPackage, ((members_are_on, keeps_records_of_package),), Audited.EVERYTHING
    ),
    Permission.FEEDBACK_READ: Rule(Feedback, ((is_administrator,),)),
    Permission.FEEDBACK_SEND: Rule(None, ((anyone,),)),
    Permission.JOB_CANCEL: Rule(Job, ((is_administrator,),), Audited.CHANGES),
    Permission.JOB_READ: Rule(None, ((is_administrator,),)),
    Permission.JOB_RETRY: Rule(Job, ((is_administrator,),), Audited.CHANGES),
    Permission.MEETING_CREATE: Rule(Body, ((is_clerk_of_body,),), Audited.CHANGES),
    Permission.MEETING_ANSWER: Rule(Meeting, ((is_participant, meeting_is_open),), Audited.CHANGES),
    Permission.MEETING_FREE_ROOM: Rule(
        Meeting, ((is_clerk_of_meeting,), (is_clerk_of_its_room,)), Audited.CHANGES
    ),
    Permission.MEETING_LEAD: Rule(
        Meeting,
        ((is_clerk_of_meeting, meeting_is_open), (leads_the_meeting, meeting_is_open)),
        Audited.CHANGES,
    ),
    Permission.MEETING_PACK: Rule(
        Meeting, ((is_clerk_of_meeting,), (is_participant, meeting_is_open)), Audited.EVERYTHING
    ),
    Permission.MEETING_PREPARE: Rule(Meeting, ((is_clerk_of_meeting,),), Audited.CHANGES),
    Permission.MEETING_READ: Rule(
        Meeting, ((is_clerk_of_meeting,), (is_participant, meeting_is_open))
    ),
    Permission.MEETING_INTAKE: Rule(Meeting, ((is_clerk_of_meeting,),), Audited.CHANGES),
    Permission.MEETING_RELEASE: Rule(Meeting, ((is_clerk_of_meeting,),), Audited.CHANGES),
    Permission.MEETING_TEMPLATE_USE: Rule(
        MeetingTemplate, ((is_clerk_of_template,),), Audited.CHANGES
    ),
    Permission.MEMBER_CONFIRM: Rule(
        Body,
        ((members_are_on, is_secretary_of_body), (members_are_on, keeps_records_of_body)),
        Audited.CHANGES,
    ),
    Permission.DISSOLUTION_KEEP: Rule(Dissolution, ((is_administrator,),), Audited.CHANGES),
    Permission.CUSTODIES_READ: Rule(None, ((members_are_on, keeps_records),), hides=True),
    Permission.CUSTODY_READ: Rule(
        Custody,
        (
            (members_are_on, keeps_sending),
            (members_are_on, keeps_receiving, dossier_was_sent),
        ),
        Audited.EVERYTHING,
    ),
    Permission.CUSTODY_RECEIVE: Rule(
        Custody, ((members_are_on, keeps_receiving, dossier_was_sent),), Audited.CHANGES
    ),
    Permission.CUSTODY_SEND: Rule(Custody, ((members_are_on, keeps_sending),), Audited.CHANGES),
    Permission.MEMBER_CORRECT: Rule(
        MemberEvent, ((members_are_on, keeps_record_of_event),), Audited.CHANGES
    ),
    Permission.MEMBER_ENTER: Rule(
        Body, ((members_are_on, keeps_records_of_body),), Audited.CHANGES
    ),
    Permission.MEMBER_LIST: Rule(
        Body,
        ((members_are_on, is_secretary_of_body), (members_are_on, keeps_records_of_body)),
        Audited.EVERYTHING,
    ),
    Permission.MEMBER_RATE: Rule(
        Body, ((members_are_on, keeps_records_of_body),), Audited.EVERYTHING
    ),
    Permission.MEMBER_READ: Rule(Member, ((members_are_on, keeps_record),), Audited.EVERYTHING),
    Permission.MEMBER_RECORD: Rule(Member, ((members_are_on, keeps_record),), Audited.CHANGES),
    Permission.MEMBER_REPORT: Rule(
        Body, ((members_are_on, keeps_records_of_body),), Audited.EVERYTHING
    ),
    Permission.MEMBER_REVEAL: Rule(Member, ((members_are_on, keeps_record),), Audited.EVERYTHING),
    Permission.MEMBER_SEND: Rule(Member, ((members_are_on, keeps_record),), Audited.CHANGES),
    Permission.MEMBERS_READ: Rule(
        None,
        ((members_are_on, is_cell_secretary), (members_are_on, keeps_records)),
        hides=True,
    ),
    Permission.MEMBERS_SWITCH: Rule(None, ((is_administrator,),), Audited.CHANGES),
    Permission.NOTE_KEEP: Rule(Note, ((is_own_note,),)),
    Permission.NOTE_OPEN: Rule(
        Sending,
        ((was_sent_to_them, is_not_withdrawn), (was_sent_to_their_office, is_not_withdrawn)),
    ),
    Permission.NOTE_SEND: Rule(Note, ((is_own_note,),)),
    Permission.NOTE_WITHDRAW: Rule(Sending, ((was_sent_by_them,),)),
    Permission.OPINION_GIVE: Rule(Meeting, ((has_a_vote, meeting_is_open),), Audited.CHANGES),
    Permission.ORGANISATION_KEEP: Rule(None, ((is_administrator,),), Audited.CHANGES),
    Permission.ORGANISATION_READ: Rule(None, ((anyone,),)),
    Permission.PAGE_READ: Rule(Page, ((of(Page.version_id, DocumentVersion, may_read_version),),)),
    Permission.PAPER_ACCESS: Rule(
        AgendaPaper, ((is_clerk_of_paper, paper_document_is_cleared),), Audited.CHANGES
    ),
    Permission.PAPER_RECALL: Rule(AgendaPaper, ((is_clerk_of_paper,),), Audited.CHANGES),
    Permission.PAPER_RELEASE: Rule(AgendaPaper, ((is_clerk_of_paper,),), Audited.CHANGES),
    Permission.PARTICIPANT_PREPARE: Rule(
        Participant, ((is_clerk_of_participant,),), Audited.CHANGES
    ),
    Permission.PERSON_ACCOUNT: Rule(Person, ((is_administrator,),), Audited.CHANGES),
    Permission.PERSON_KEEP: Rule(Person, ((is_administrator,),), Audited.CHANGES),
    Permission.PERSON_READ: Rule(Person, ((anyone,),)),
    Permission.POINT_PREPARE: Rule(BridgePoint, ((is_clerk_of_point,),), Audited.CHANGES),
    Permission.PROGRAM_ADMIT: Rule(None, ((anyone,),), Audited.CHANGES),
    Permission.PROGRAM_END: Rule(AccessToken, ((is_own_token,),), Audited.CHANGES),
    Permission.REGISTER_GAPS: Rule(Body, ((is_clerk_of_body, is_cleared_for_all),)),
    Permission.ROOM_ADD: Rule(None, ((is_clerk,),), Audited.CHANGES),
    Permission.ROOM_KEEP: Rule(Room, ((is_clerk_of_room,),), Audited.CHANGES),
    Permission.ROOM_READ: Rule(Room, ((is_clerk,),)),
    Permission.ROOMS_READ: Rule(None, ((is_clerk,),)),
    Permission.SEARCH_DROP: Rule(SavedSearch, ((is_own_search,),)),
    Permission.SEARCH_KEEP: Rule(None, ((anyone,),)),
    Permission.SERVICE_DO: Rule(
        ServiceRequest, ((is_clerk_of_service,), (serves_its_room,)), Audited.CHANGES
    ),
    Permission.SERVICE_DROP: Rule(ServiceRequest, ((is_clerk_of_service,),), Audited.CHANGES),
    Permission.SERVICES_READ: Rule(None, ((is_clerk,),)),
    Permission.SIGN_IN_END: Rule(SignIn, ((is_own_sign_in,),), Audited.CHANGES),
    Permission.SPECIAL_DAYS_EDIT: Rule(None, ((is_clerk,),), Audited.CHANGES),
    Permission.USER_DEVICES: Rule(User, (OFFICE_OF_USER,), Audited.CHANGES),
    Permission.USER_MANAGE: Rule(User, ((is_administrator,),), Audited.CHANGES),
    Permission.USERS_READ: Rule(None, ((is_administrator,),)),
    Permission.WIDENING_AGREE: Rule(
        Widening, ((*SECOND_PERSON, was_asked_by_another),), Audited.CHANGES
    ),
    Permission.WIDENING_REFUSE: Rule(Widening, (SECOND_PERSON,), Audited.CHANGES),
    Permission.WIDENINGS_READ: Rule(None, ((is_clerk,),)),
}
