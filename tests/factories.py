"""Typed makers of rows: no chance, no library; every default can be changed by keyword."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from meetings import clock, vault
from meetings.models import (
    AccessLevel,
    AccessToken,
    AgendaItem,
    AgendaPaper,
    Body,
    BodyKind,
    BridgePoint,
    CommentRound,
    CopyKind,
    Custody,
    Destruction,
    Device,
    Dissolution,
    Document,
    DocumentVersion,
    DossierPackage,
    DossierPage,
    DossierPiece,
    DossierScan,
    EventKind,
    Meeting,
    MeetingKind,
    MeetingState,
    MeetingTemplate,
    Member,
    MemberApproval,
    MemberEvent,
    Note,
    NoteKind,
    Page,
    PaperComment,
    Participant,
    Person,
    Post,
    Role,
    RoleAssignment,
    Room,
    RoomBooking,
    ScanState,
    Scope,
    Sending,
    SentNote,
    ServiceKind,
    ServiceRequest,
    SignIn,
    Standing,
    TakenCopy,
    User,
    VersionState,
    Widening,
    WideningKind,
    new_id,
)
from storage import KeyFolder, Store

numbers = count(1)


def add(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def body(session: Session, parent: Body | None = None, **changes: Any) -> Body:
    values = {"kind": BodyKind.ADVISORY_BODY, "name": f"Ban thứ {next(numbers)}"}
    return add(session, Body(**values | {"parent_id": parent.id if parent else None} | changes))


def person(session: Session, **changes: Any) -> Person:
    return add(session, Person(**{"full_name": f"Trần Văn {next(numbers)}"} | changes))


def post(session: Session, holder: Person, where: Body, **changes: Any) -> Post:
    values = {"title": "Ủy viên", "since": clock.today() - timedelta(days=400)}
    return add(session, Post(person_id=holder.id, body_id=where.id, **values | changes))


def user(session: Session, *roles: tuple[Role, Body], **changes: Any) -> User:
    who = changes.pop("person", None) or person(session)
    values = {"username": f"user{next(numbers)}", "clearance": AccessLevel.INTERNAL}
    account = add(session, User(person_id=who.id, person=who, **values | changes))
    for role, where in roles:
        add(session, RoleAssignment(user_id=account.id, role=role, body_id=where.id))
    return account


def sign_in(session: Session, account: User, **changes: Any) -> SignIn:
    end = clock.now() + timedelta(hours=1)
    values = {
        "token_hash": f"hash{next(numbers)}",
        "expires_at": end,
        "idle_until": end,
        "idle_seconds": 3600,
        "confirmed_at": clock.now(),
    }
    return add(session, SignIn(user_id=account.id, **values | changes))


def access_token(session: Session, account: User, **changes: Any) -> AccessToken:
    values = {
        "name": "Phần mềm báo cáo",
        "token_hash": f"token{next(numbers)}",
        "scopes": [scope.value for scope in Scope],
        "expires_at": clock.now() + timedelta(days=30),
    }
    return add(session, AccessToken(user_id=account.id, **values | changes))


def destruction(session: Session, document: UUID, asker: User, **changes: Any) -> Destruction:
    values = {"decision": "12-QĐ/VPTU", "decided_on": clock.today()}
    row = Destruction(document_id=document, asked_by=asker.id, **values | changes)
    return add(session, row)


def device(session: Session, account: User, **changes: Any) -> Device:
    values = {"name": "iPad", "token_hash": f"tablet{next(numbers)}", "public_key": b"key"}
    return add(session, Device(user_id=account.id, **values | changes))


def meeting(session: Session, where: Body, **changes: Any) -> Meeting:
    start = changes.pop("starts_at", clock.now() + timedelta(hours=1))
    values = {
        "title": f"Hội nghị lần thứ {next(numbers)}",
        "starts_at": start,
        "ends_at": start + timedelta(hours=3),
        "state": MeetingState.RELEASED,
    }
    return add(session, Meeting(body_id=where.id, **values | changes))


def room(session: Session, of: Body, **changes: Any) -> Room:
    values = {"name": f"Phòng họp số {next(numbers)}", "site": "Tầng 2, nhà A", "capacity": 40}
    return add(session, Room(body_id=of.id, **values | changes))


def booking(session: Session, held: Room, at: Meeting, **changes: Any) -> RoomBooking:
    return add(session, RoomBooking(room_id=held.id, meeting_id=at.id, **changes))


def bridge_point(session: Session, at: Meeting, **changes: Any) -> BridgePoint:
    values = {"name": f"Điểm cầu {next(numbers)}", "link": "https://hop.example/1"}
    return add(session, BridgePoint(meeting_id=at.id, **values | changes))


def service(session: Session, at: Meeting, **changes: Any) -> ServiceRequest:
    values = {"kind": ServiceKind.WATER, "quantity": 20, "due_at": at.starts_at}
    return add(session, ServiceRequest(meeting_id=at.id, **values | changes))


def item(session: Session, at: Meeting, **changes: Any) -> AgendaItem:
    number = next(numbers)
    values = {"title": f"Báo cáo thứ {number}", "position": number, "planned_minutes": 20}
    return add(session, AgendaItem(meeting_id=at.id, **values | changes))


def template(session: Session, of: Body, **changes: Any) -> MeetingTemplate:
    values = {"kind": MeetingKind.WORK_SESSION, "name": "Họp", "place": "", "minutes": 120}
    plan = {"agenda": [], "stages": []}
    return add(session, MeetingTemplate(body_id=of.id, **values | plan | changes))


def participant(session: Session, at: Meeting, who: Person, **changes: Any) -> Participant:
    return add(session, Participant(meeting_id=at.id, person_id=who.id, **changes))


def document(session: Session, owner: Body, **changes: Any) -> Document:
    values = {"title": f"Văn bản thứ {next(numbers)}", "access_level": AccessLevel.NORMAL}
    return add(session, Document(body_id=owner.id, **values | changes))


def version(
    session: Session, keys: KeyFolder, store: Store, of: Document, content: bytes, **changes: Any
) -> DocumentVersion:
    compartment = vault.open_compartment(session, keys, of.body_id, of.access_level)
    identity = new_id()
    locked = vault.new_keys(keys, compartment, identity)
    stored = store.put_bytes(content, key=locked.storage)
    values = {
        "file_name": "bao-cao.pdf",
        "media_type": "application/pdf",
        "page_count": 1,
        "state": VersionState.READY,
    }
    row = DocumentVersion(
        id=identity,
        document_id=of.id,
        compartment_id=compartment.id,
        size=stored.plain_size,
        plain_sha256=stored.plain_sha256,
        blob=stored.digest,
        storage_key=locked.wrapped_storage,
        reading_key=locked.wrapped_reading,
        **values | changes,
    )
    return add(session, row)


def page(session: Session, of: DocumentVersion, **changes: Any) -> Page:
    values = {
        "number": 1,
        "width": 595.0,
        "height": 842.0,
        "crop": [0.0, 0.0, 1.0, 1.0],
        **dict.fromkeys(("small_image", "large_image", "thumbnail", "words", "text"), "0" * 64),
    }
    return add(session, Page(version_id=of.id, **values | changes))


def paper(session: Session, at: AgendaItem, of: Document, **changes: Any) -> AgendaPaper:
    values = {"released_at": clock.now()}
    return add(session, AgendaPaper(item_id=at.id, document_id=of.id, **values | changes))


def widening(session: Session, office: Body, asker: User, **changes: Any) -> Widening:
    values = {"kind": WideningKind.LEVEL, "what": {"access_level": 1}}
    if not {"paper_id", "item_id", "document_id"} & changes.keys():
        values["document_id"] = document(session, office, access_level=AccessLevel.RESTRICTED).id
    return add(session, Widening(body_id=office.id, asked_by=asker.id, **values | changes))


def taken_copy(session: Session, taker: User, **changes: Any) -> TakenCopy:
    values = {"code": f"TEST-{next(numbers):04}", "kind": CopyKind.DOWNLOAD, "bearer": "Trần Văn A"}
    return add(session, TakenCopy(user_id=taker.id, **values | changes))


def note(session: Session, owner: User, **changes: Any) -> Note:
    values = {"mark": uuid4(), "kind": NoteKind.TEXT, "text": "Cần hỏi lại số liệu"}
    return add(session, Note(user_id=owner.id, **values | changes))


def sending(session: Session, at: Meeting, sender: User, **changes: Any) -> Sending:
    """Send a note about no paper to the office of a meeting, or to a receiver."""
    notes = [SentNote(kind=NoteKind.TEXT, text="Xin ý kiến về biểu 3")]
    values = {"meeting_id": at.id, "sender_id": sender.id, "notes": notes}
    return add(session, Sending(**values | changes))


def comment_round(session: Session, on: AgendaPaper, **changes: Any) -> CommentRound:
    """Open a paper for comments since an hour, for a day."""
    start = clock.now() - timedelta(hours=1)
    values = {"opens_at": start, "closes_at": start + timedelta(days=1)}
    return add(session, CommentRound(paper_id=on.id, **values | changes))


def comment(session: Session, on: AgendaPaper, author: User, **changes: Any) -> PaperComment:
    values = {"page": 1, "text": "Đề nghị làm rõ nguồn vốn"}
    who = {"paper_id": on.id, "person_id": author.person_id}
    return add(session, PaperComment(**who | values | changes))


def members_on(session: Session, keys: KeyFolder | None = None, **changes: Any) -> MemberApproval:
    """Switch the register of members on; with the keys, also with a key of its own."""
    if keys is not None:
        vault.open_members(session, keys)
    values = {"number": "215-CV/TU", "decided_on": clock.today(), "opened_at": clock.now()}
    if "opened_by" not in changes:
        values["opened_by"] = user(session).id
    return add(session, MemberApproval(**values | changes))


def member(session: Session, where: Body, **changes: Any) -> Member:
    """Add the bare row of a member, of whom no event tells."""
    values = {"present": True, "standing": Standing.FULL, "full_name": f"Lò Văn {next(numbers)}"}
    return add(session, Member(body_id=where.id, **values | changes))


def member_event(session: Session, of: Member, recorder: User, **changes: Any) -> MemberEvent:
    values = {"number": 1, "kind": EventKind.RATED, "happened_on": clock.today()}
    row = MemberEvent(member_id=of.id, recorded_by=recorder.id, **values | changes)
    return add(session, row)


def dossier_scan(session: Session, of: Member, giver: User, **changes: Any) -> DossierScan:
    """Add the bare row of a scan that was read, without its files."""
    number = next(numbers)
    values = {
        "number": number,
        "state": ScanState.READY,
        "page_count": 1,
        "size": 1,
        "plain_sha256": f"{number:064x}",
        "blob": f"{number:064x}",
        "wrapped_key": b"",
    }
    return add(session, DossierScan(member_id=of.id, given_by=giver.id, **values | changes))


def dossier_piece(session: Session, of: DossierScan, **changes: Any) -> DossierPiece:
    return add(session, DossierPiece(scan_id=of.id, **changes))


def dossier_page(
    session: Session, of: DossierScan, piece: DossierPiece | None = None, **changes: Any
) -> DossierPage:
    values = {"number": next(numbers), "width": 595.0, "height": 842.0}
    within = piece or dossier_piece(session, of)
    return add(session, DossierPage(scan_id=of.id, piece_id=within.id, **values | changes))


def dossier_package(session: Session, of: Body, asker: User, **changes: Any) -> DossierPackage:
    values = {"purpose": "Nộp về Ban Tổ chức", "code": "25.000.036.001.015", "found": {}}
    return add(session, DossierPackage(body_id=of.id, asked_by=asker.id, **values | changes))


def custody(session: Session, of: Member, to: Body, starter: User, **changes: Any) -> Custody:
    """Send the dossier of a member from its body to another one."""
    values = {"reference": "DVC-2026-118", "inventory": ["Lý lịch đảng viên"]}
    values |= {"sent_at": clock.now(), "from_id": of.body_id}
    row = Custody(member_id=of.id, to_id=to.id, started_by=starter.id, **values | changes)
    return add(session, row)


def dissolution(session: Session, of: Body, by: User, **changes: Any) -> Dissolution:
    """Note that a body was dissolved; nothing moves."""
    values = {"decision": "12-QĐ/TU", "day": clock.today(), "done_at": clock.now()}
    return add(session, Dissolution(body_id=of.id, done_by=by.id, **values | changes))


def unguard_ledger(session: Session) -> None:
    """Take the guard of the ledger away, as one who rules the database does first."""
    where = " ON audit_entry" if session.get_bind().dialect.name == "postgresql" else ""
    for deed in ("UPDATE", "DELETE"):
        session.execute(text(f"DROP TRIGGER audit_entry_{deed}{where}"))
    session.commit()
