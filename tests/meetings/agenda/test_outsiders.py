"""Every address of this room, asked by those who have no business there."""

import re
from io import BytesIO
from uuid import UUID

import pytest
from sqlalchemy import func, select

from meetings.agenda import services
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    AuditEntry,
    Base,
    Consultation,
    Decision,
    Document,
    Event,
    ItemReader,
    Job,
    Meeting,
    MeetingKind,
    PaperReader,
    Participant,
    Role,
)
from tests import factories

NOBODY = UUID("00000000-0000-7000-8000-000000000000")
TOLD = (
    Meeting,
    AgendaItem,
    AgendaPaper,
    ItemReader,
    PaperReader,
    Participant,
    Document,
    Job,
    Event,
)
STRANGERS = ("outsider", "administrator", "researcher", "delegate", "foreign_clerk")
LEARNS_NOTHING = ("outsider", "administrator", "researcher", "foreign_clerk")

CHANCE = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|I[jm][\w-]+\.[\w-]+\.[\w-]+|<code>[0-9a-f]{12}</code>"
)

FACTS = {
    "title": "Đã bị đổi",
    "kind": str(MeetingKind.WORK_SESSION),
    "starts_at": "2027-03-01T08:00",
    "ends_at": "2027-03-01T11:00",
    "place": "Nơi khác",
}
ITEM = {"title": "Chen vào", "kind": "report", "presenter": "", "planned_minutes": "5"}

FORMS = {
    "/bodies/{body}/meetings/new": FACTS,
    "/meetings/{meeting}/edit": FACTS,
    "/meetings/{meeting}/release": {},
    "/meetings/{meeting}/agenda-items/new": ITEM | {"parent": ""},
    "/agenda-items/{item}/edit": ITEM,
    "/papers/{paper}/readers": {"readers": "{invited}"},
    "/agenda-items/{item}/readers": {"readers": "{invited}"},
    "/papers/{paper}/appendix": {"main": "{draft}"},
    "/papers/{paper}/taking": {"taking": "download"},
    "/papers/{paper}/window": {"readable_until": "2099-03-01T11:00"},
}
TAKING_IN = {
    "/agenda-items/{item}/uploads": {"name": "lạ.pdf", "size": "9"},
    "/agenda-items/{item}/uploads/chunks": {},
    "/meetings/{meeting}/tray": {},
    "/meetings/{meeting}/tray/uploads": {"name": "lạ.pdf", "size": "9"},
    "/meetings/{meeting}/tray/uploads/chunks": {},
    "/meetings/{meeting}/tray/uploads/missing": {},
    "/meetings/{meeting}/tray/assign": {"file": str(NOBODY)},
    "/meetings/{meeting}/tray/remove": {"file": str(NOBODY)},
    "/meetings/{meeting}/tray/clear": {},
    "/meetings/{meeting}/tray/many": {"files": str(NOBODY)},
    "/meetings/{meeting}/tray/many/undo": {},
    "/agenda-items/{item}/on-paper": {},
    "/meetings/{meeting}/declarations": {"file": str(NOBODY)},
    "/meetings/{meeting}/proceedings": {"act": "open"},
    "/meetings/{meeting}/substitutes": {"participant": str(NOBODY), "decision": "agree"},
    "/agenda-items/{item}/close": {"closed": "yes"},
    "/agenda-items/{item}/place": {"before": str(NOBODY)},
    "/agenda-items/{item}/day": {"day": "2027-03-02"},
    "/agenda-items/{item}/places/drop": {"place": str(NOBODY)},
    "/meetings/{meeting}/agenda-items/paste": {"text": "1. Chen vào"},
    "/meetings/{meeting}/clone": {"starts_at": "2027-03-01T08:00"},
    "/meetings/{meeting}/template": {"name": "Mẫu lạ"},
    "/meeting-templates/{template}/call": {"starts_at": "2027-03-01T08:00"},
    "/meeting-templates/{template}/drop": {},
    "/meetings/{meeting}/participants/choose": {"people": "{person}"},
    "/meetings/{meeting}/participants/bring-back": {"person": "{person}"},
    "/participants/{participant}/edit": {"role": "chair"},
    "/participants/{participant}/answer": {"coming": "coming"},
    "/meetings/{meeting}/reminders": {},
    "/meetings/{meeting}/invitation-letter": {"text": "Chen vào"},
    "/meetings/{meeting}/consultation/edit": {"due_at": "2099-03-01T08:00"},
    "/meetings/{meeting}/consultation/reminders": {},
    "/participants/{participant}/opinion": {"received_on": "2026-11-20"},
    "/meetings/{meeting}/participants/table": {"text": "Họ tên\nLò Thị Mai", "step": "look"},
    "/meetings/{meeting}/room/free": {},
    "/meetings/{meeting}/points/new": {"name": "Điểm cầu lạ"},
    "/points/{point}/edit": {"name": "Điểm cầu lạ"},
    "/points/{point}/delete": {},
    "/meetings/{meeting}/seats/fill": {"whom": "all"},
    "/meetings/{meeting}/seats/swap": {"first": "1-0", "second": "1-1"},
    "/meetings/{meeting}/services": {"kind": "water", "quantity": "9"},
    "/services/{service}/step": {"step": "done"},
    "/services/{service}/delete": {},
    "/rooms/{room}/edit": {"name": "Phòng lạ", "capacity": "9"},
    "/rooms/{room}/plan": {"rows": "2", "columns": "2", "podium": "1"},
}
"""What tests of their own do in the name of those who may."""
POSTS = (
    FORMS
    | TAKING_IN
    | {
        "/meetings/{meeting}/participants": {"person": "{person}", "role": "chair"},
        "/meetings/{meeting}/participants/remove": {"person": "{invited}"},
        "/agenda-items/{item}/move": {"direction": "up"},
        "/agenda-items/{item}/delete": {},
        "/papers/{paper}/release": {},
        "/papers/{paper}/recall": {},
        "/papers/{paper}/take-back": {},
        "/agenda-items/{item}/papers": {},
    }
)
GETS = (
    *FORMS,
    "/meetings/{meeting}/tray",
    "/meetings/{meeting}/prepare",
    "/meetings/{meeting}/office-live",
    "/meetings/{meeting}/arrange",
    "/meetings/{meeting}/agenda-items/paste",
    "/meetings/{meeting}/clone",
    "/meeting-templates/{template}/call",
    "/meetings/{meeting}/participants/choose",
    "/meetings/{meeting}/participants/table",
    "/meetings/{meeting}/participants/table/sample",
    "/meetings/{meeting}/answers",
    "/meetings/{meeting}/invitation-letter",
    "/participants/{participant}/edit",
    "/participants/{participant}/answer",
    "/participants/{participant}/opinion",
    "/meetings/{meeting}/consultation",
    "/meetings/{meeting}/consultation/edit",
    "/meetings/{meeting}/points",
    "/meetings/{meeting}/points/new",
    "/points/{point}/edit",
    "/meetings/{meeting}/seats",
    "/meetings/{meeting}/services",
    "/rooms/{room}/edit",
    "/rooms/{room}/plan",
)
READS = (
    "/meetings/{meeting}",
    "/meetings/{meeting}/live",
    "/meetings/{meeting}/calendar-entry",
    "/meetings/{meeting}/answer",
    "/meetings/{meeting}/opinion",
)


@pytest.fixture
def people(session, world):
    """Those who ask; the foreign clerk prepares meetings, but in another body."""
    foreign = factories.user(session, (Role.CLERK, world.commune))
    session.commit()
    named = {name: getattr(world, name) for name in STRANGERS if hasattr(world, name)}
    return named | {"foreign_clerk": foreign, "clerk": world.clerk}


@pytest.fixture
def scene(session, installation, world):
    """What each part of an address stands for: a released paper, a draft, and noise beside."""
    papers = []
    for released in (True, False):
        document = factories.document(session, world.office)
        factories.version(session, installation.keys, installation.store, document, b"%PDF")
        papers.append(services.lay_paper(session, world.item, document))
        if released:
            services.release_paper(session, papers[0], by=world.clerk)
    services.add_item(session, world.meeting, title="Mục bên cạnh")
    template = factories.template(session, world.office)
    ends = factories.clock.now() + factories.timedelta(days=1)
    follower = world.clerk.person_id
    session.add(Consultation(meeting_id=world.meeting.id, due_at=ends, follower_id=follower))
    takes_part = select(Participant.id).where(Participant.meeting_id == world.meeting.id)
    participant = session.scalars(takes_part.limit(1)).one()
    places = {
        "room": factories.room(session, world.office).id,
        "point": factories.bridge_point(session, world.meeting).id,
        "service": factories.service(session, world.meeting).id,
    }
    session.commit()
    return places | {
        "template": template.id,
        "participant": participant,
        "body": world.office.id,
        "meeting": world.meeting.id,
        "item": world.item.id,
        "paper": papers[0].id,
        "draft": papers[1].id,
        "person": world.outsider.person_id,
        "invited": world.delegate.person_id,
    }


def filled(scene, fields):
    values = {name: value.format(**scene) for name, value in fields.items()}
    return {name: value for name, value in values.items() if value or name == "parent"}


def file():
    return {"files": (BytesIO(b"%PDF-1.7 not wanted"), "lạ.pdf")}


def without_chance(answer):
    """Return a page without what differs each time: ids asked for, tokens, request's number."""
    return CHANCE.sub("", answer.get_data(as_text=True))


def facts(row):
    return tuple(str(getattr(row, column.key)) for column in row.__table__.columns)


def everything(installation) -> dict[type[Base], set[tuple[str, ...]]]:
    """Return every row that this room could change."""
    with installation.database.reading() as session:
        return {table: {facts(row) for row in session.scalars(select(table))} for table in TOLD}


def refusals(installation):
    with installation.database.reading() as session:
        query = select(func.count()).where(AuditEntry.decision == Decision.REFUSED)
        return session.scalar(query.select_from(AuditEntry))


@pytest.mark.parametrize("who", STRANGERS)
def test_who_does_not_prepare_a_meeting_finds_and_changes_nothing(
    installation, scene, people, sign_in, who
):
    client, before = sign_in(people[who]), everything(installation)
    for address in GETS:
        assert client.get(address.format(**scene)).status_code == 404, address
    for address, fields in POSTS.items():
        sent = filled(scene, fields) | (file() if address.endswith("/papers") else {})
        assert client.submit(address.format(**scene), **sent).status_code == 404, address
    assert everything(installation) == before
    assert list(installation.settings.quarantine_folder.iterdir()) == []
    assert refusals(installation) == len(GETS) + len(POSTS)


@pytest.mark.parametrize("who", LEARNS_NOTHING)
def test_who_takes_no_part_cannot_tell_a_meeting_from_none(scene, people, sign_in, who):
    client = sign_in(people[who])
    absent = dict.fromkeys(scene, NOBODY)
    for address in (*READS, *GETS):
        real, none = (client.get(address.format(**ids)) for ids in (scene, absent))
        assert real.status_code == none.status_code == 404, address
        assert without_chance(real) == without_chance(none), address
    assert str(scene["meeting"]) not in client.get("/meetings").get_data(as_text=True)
    assert str(scene["meeting"]) not in client.get("/").get_data(as_text=True)


def test_a_delegate_reads_the_meeting_and_sees_no_way_to_change_it(scene, people, sign_in):
    page = sign_in(people["delegate"]).get(READS[0].format(**scene)).get_data(as_text=True)
    assert str(scene["paper"]) in page
    assert str(scene["draft"]) not in page
    for address in GETS[1:]:
        assert f'"{address.format(**scene)}"' not in page


def test_the_same_requests_work_for_the_clerk(installation, scene, people, sign_in):
    client = sign_in(people["clerk"])
    for address in GETS:
        answer = client.get(address.format(**scene))
        assert answer.status_code == 200, address
        answer.close()
    for address in ("/papers/{paper}/recall", "/papers/{draft}/release"):
        before = everything(installation)
        assert client.submit(address.format(**scene)).status_code == 303
        assert everything(installation) != before
    last = "/agenda-items/{item}/delete"
    for address, fields in POSTS.items():
        done = {last, "/papers/{paper}/recall", "/papers/{paper}/release"}
        if address not in done | TAKING_IN.keys():
            before = everything(installation)
            sent = filled(scene, fields) | (file() if address.endswith("/papers") else {})
            assert client.submit(address.format(**scene), **sent).status_code == 303, address
            changes = everything(installation) != before
            assert changes is not address.endswith("/papers"), address
    assert client.submit(last.format(**scene)).status_code == 303
    assert refusals(installation) == 0


@pytest.mark.parametrize("token", [None, "", "đoán mò", "IjAi.aaaaaa.bbbbbb"])
def test_a_forged_post_is_refused_even_in_the_clerks_name(
    installation, scene, people, sign_in, token
):
    client, before = sign_in(people["clerk"]), everything(installation)
    forged = {} if token is None else {"csrf_token": token}
    for address, fields in POSTS.items():
        sent = filled(scene, fields) | forged
        sent |= file() if address.endswith("/papers") else {}
        assert client.post(address.format(**scene), data=sent).status_code == 403, address
    assert everything(installation) == before
    assert list(installation.settings.quarantine_folder.iterdir()) == []


def test_the_token_of_another_visitor_opens_nothing(installation, scene, people, sign_in):
    stolen = sign_in(people["outsider"]).csrf_token()
    client, before = sign_in(people["clerk"]), everything(installation)
    client.csrf_token()
    for address, fields in POSTS.items():
        sent = filled(scene, fields) | {"csrf_token": stolen}
        assert client.post(address.format(**scene), data=sent).status_code == 403, address
    assert everything(installation) == before


def test_a_stranger_is_sent_to_sign_in_and_changes_nothing(installation, scene, sign_in):
    client, before = sign_in(None), everything(installation)
    for address in (*READS, *GETS):
        answer = client.get(address.format(**scene))
        assert (answer.status_code, "/sign-in" in answer.location) == (303, True), address
    for address, fields in POSTS.items():
        answer = client.submit(address.format(**scene), **filled(scene, fields))
        assert (answer.status_code, "/sign-in" in answer.location) == (303, True), address
    assert everything(installation) == before


def test_what_only_posts_take_is_not_done_by_reading(installation, scene, people, sign_in):
    client, before = sign_in(people["clerk"]), everything(installation)
    for address in POSTS.keys() - FORMS.keys() - TAKING_IN.keys():
        assert client.get(address.format(**scene)).status_code == 405, address
    for address in FORMS:
        assert client.get(address.format(**scene)).status_code == 200, address
    assert everything(installation) == before


def test_this_file_knows_every_address_of_the_room(app):
    known = {address.replace("{", "").replace("}", "") for address in (*POSTS, *GETS, *READS)}
    rules = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("agenda.")]
    plain = {rule.replace("<uuid:", "").replace(">", "") for rule in rules}
    # what is done to a document has its own strangers, beside its own tests
    documents = {rule for rule in plain if rule.startswith("/documents/")}
    pages = {"/", "/meetings", "/calendar", "/meetings/meeting/declarations/page"}
    files = {rule for rule in plain if rule.endswith("/file")}
    without_row = {rule for rule in plain if rule.startswith(("/special-days", "/calendar"))}
    # every clerk sees which rooms there are and who is served there
    rooms = {"/rooms", "/rooms/new", "/rooms/room", "/services"}
    assert plain - (pages | files | without_row | documents | rooms) == known
