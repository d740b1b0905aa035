"""Files that nobody could look through wait for their sender's word; none is kept."""

from io import BytesIO

import pytest
from sqlalchemy import select

from meetings.documents.declarations.services import DECLARED, STOPPED, Declarations
from meetings.documents.services import DECLARED_CLEAR
from meetings.intake import Reason
from meetings.intake.scanner import Scan
from meetings.intake.secrecy import can_look
from meetings.models import AgendaPaper, AuditEntry, Document, Role, TrayFile
from tests import factories, papers
from tests.meetings.intake.office.compound_files import compound_file

JSON = {"Accept": "application/json"}
OLD = compound_file({"WordDocument": "Nội dung".encode("utf-16-le")})


@pytest.fixture
def client(sign_in, world):
    return sign_in(world.clerk)


@pytest.fixture
def address(world):
    return f"/meetings/{world.planned_meeting.id}"


def send(client, place, content=OLD, name="báo cáo.doc"):
    data = {"csrf_token": client.csrf_token(), "files": [(BytesIO(content), name)]}
    (told,) = client.post(place, data=data, headers=JSON).json["files"]
    return told


def rows(installation, column):
    with installation.database.reading() as session:
        return session.scalars(select(column)).all()


def answer(client, address, file, says):
    return client.submit(f"{address}/declarations", file=file, answer=says)


def test_an_old_office_file_waits_and_nothing_of_it_is_kept(client, address, installation):
    before = rows(installation, Document.id)
    told = send(client, f"{address}/tray")
    assert told["ok"]
    assert told["waits"]
    assert rows(installation, TrayFile.id) == []
    assert rows(installation, Document.id) == before
    for page in (f"{address}/tray", f"{address}/prepare"):
        shown = client.get(page).text
        assert "báo cáo.doc" in shown
        assert "Không có nội dung bí mật nhà nước" in shown


def test_a_declared_file_is_received_and_its_declarer_written_down(
    client, address, installation, world
):
    waits = send(client, f"{address}/tray")["waits"]
    declarer = world.clerk.id
    assert answer(client, address, waits, "clear").status_code == 303
    (document,) = rows(installation, TrayFile.document_id)
    with installation.database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.action == DECLARED_CLEAR)
        line = session.scalars(query).one()
        assert (line.actor_id, line.subject_id) == (declarer, str(document))
    assert "báo cáo.doc" in client.get(f"{address}/tray").text


@pytest.fixture
def colleague(session, sign_in, world):
    """Another clerk of the meeting's body."""
    person = factories.user(session, (Role.CLERK, world.office))
    session.commit()
    return sign_in(person), person.id


def test_any_clerk_of_the_meeting_declares_and_is_the_one_written_down(
    client, colleague, address, installation
):
    waits = send(client, f"{address}/tray")["waits"]
    other, identity = colleague
    assert "báo cáo.doc" in other.get(f"{address}/tray").text
    assert answer(other, address, waits, "clear").status_code == 303
    (document,) = rows(installation, TrayFile.document_id)
    with installation.database.reading() as session:
        query = select(AuditEntry.actor_id).where(AuditEntry.action == DECLARED_CLEAR)
        assert session.scalars(query).all() == [identity]
        assert session.get_one(Document, document).created_by == identity


@pytest.mark.parametrize("says", ["clear", "secret"])
def test_a_file_that_a_restart_lost_is_asked_for_again(client, address, app, says):
    waits = send(client, f"{address}/tray")["waits"]
    app.extensions["declarations"] = Declarations()
    back = answer(client, address, waits, says)
    assert "đề nghị gửi lại tệp" in client.get(back.location).text


def test_a_file_declared_secret_is_dropped_without_its_name(client, address, installation):
    waits = send(client, f"{address}/tray")["waits"]
    assert answer(client, address, waits, "secret").location == f"{address}/tray"
    assert rows(installation, TrayFile.id) == []
    with installation.database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.action == DECLARED)
        line = session.scalars(query).one()
        assert "báo cáo" not in str(vars(line))
    lost = client.get(answer(client, address, waits, "clear").location).text
    assert "đề nghị gửi lại tệp" in lost


def test_a_file_sent_to_an_item_lies_there_once_it_was_declared(
    client, address, installation, world
):
    item, before = world.planned_item.id, rows(installation, AgendaPaper.id)
    waits = send(client, f"/agenda-items/{item}/papers")["waits"]
    assert rows(installation, AgendaPaper.id) == before
    back = client.submit(f"{address}/declarations?back=prepare", file=waits, answer="clear")
    assert back.location == f"{address}/prepare"
    assert len(rows(installation, AgendaPaper.id)) == len(before) + 1


def test_another_person_or_an_odd_answer_gets_nothing(client, sign_in, address, world):
    waits = send(client, f"{address}/tray")["waits"]
    assert answer(client, address, waits, "perhaps").status_code == 422
    delegate = sign_in(world.delegate)
    assert delegate.get(f"{address}/declarations/page?file={waits}&number=1").status_code == 404
    assert delegate.submit(f"{address}/declarations", file=waits, answer="clear").status_code == 404


def test_an_old_file_has_no_page_to_look_at(client, address):
    waits = send(client, f"{address}/tray")["waits"]
    assert client.get(f"{address}/declarations/page?file={waits}&number=1").status_code == 404


@pytest.fixture
def blind(monkeypatch):
    """Take the program away that reads pictures."""
    monkeypatch.setattr("meetings.intake.secrecy.sandboxed.PROGRAM", "no-such-program")


@pytest.mark.usefixtures("blind")
def test_where_nothing_reads_pictures_a_person_looks_at_the_pages(client, address, world):
    waits = send(client, f"{address}/tray", papers.pdf("Một", "Hai"), "giấy.pdf")["waits"]
    shown = client.get(f"{address}/declarations/page?file={waits}&number=1")
    assert shown.data.startswith(b"\xff\xd8")
    assert shown.headers["Cache-Control"] == "no-store"
    assert client.get(f"{address}/declarations/page?file={waits}&number=9").status_code == 404


@pytest.mark.skipif(not can_look(), reason="no tesseract here")
def test_a_stamped_paper_is_stopped_and_the_stop_written_down_without_its_name(
    client, address, installation
):
    told = send(client, f"{address}/tray", papers.pdf("TUYỆT MẬT"), "kế hoạch.pdf")
    assert not told["ok"]
    assert rows(installation, TrayFile.id) == []
    actions = rows(installation, AuditEntry.action)
    assert actions.count(STOPPED) == 1


def test_an_infected_file_is_refused_after_its_declaration_and_before_it_is_kept(
    client, address, installation, monkeypatch
):
    monkeypatch.setattr("meetings.documents.quarantine.services.scan", lambda *_: Scan.INFECTED)
    waits = send(client, f"{address}/tray")["waits"]
    before = rows(installation, Document.id)
    assert answer(client, address, waits, "clear").status_code == 303
    assert rows(installation, Document.id) == before
    assert rows(installation, TrayFile.reason) == [Reason.INFECTED.value]
    assert "quét" in client.get(f"{address}/tray").text


def test_too_many_waiting_files_are_refused_for_now(client, address, monkeypatch):
    monkeypatch.setattr("meetings.documents.declarations.services.EACH", 0)
    told = send(client, f"{address}/tray")
    assert (told["ok"], told["waits"]) == (False, "")
