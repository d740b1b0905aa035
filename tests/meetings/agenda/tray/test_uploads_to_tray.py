"""Files come into the tray, by a plain form and in chunks."""

from base64 import urlsafe_b64decode
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pypdf import PdfWriter
from sqlalchemy import select

from meetings.documents.uploads.services import Uploads
from meetings.models import Base, Role, TrayFile
from tests import factories

JSON = {"Accept": "application/json"}


def pdf():
    writer, target = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(target)
    return target.getvalue()


def send(client, meeting, *files, headers=None, field="files"):
    data = {
        "csrf_token": client.csrf_token(),
        field: [(BytesIO(content), name) for name, content in files],
    }
    return client.post(f"/meetings/{meeting.id}/tray", data=data, headers=headers)


def in_tray(installation, meeting):
    with installation.database.reading() as session:
        query = select(TrayFile).where(TrayFile.meeting_id == meeting.id)
        return session.scalars(query.order_by(TrayFile.id)).all()


@pytest.fixture
def client(sign_in, world):
    return sign_in(world.clerk)


def test_a_plain_form_fills_the_tray_file_by_file(client, installation, world):
    answer = send(client, world.meeting, ("Tốt.pdf", pdf()), ("xấu.pdf", b"no"))
    assert answer.status_code == 303
    assert answer.location == f"/meetings/{world.meeting.id}/tray"
    kept = in_tray(installation, world.meeting)
    assert [(file.file_name, file.reason is None) for file in kept] == [
        ("Tốt.pdf", True),
        ("xấu.pdf", False),
    ]


def test_the_form_answers_scripts_with_what_became_of_each_file(client, installation, world):
    (told,) = send(client, world.meeting, ("a.pdf", pdf()), headers=JSON).json["files"]
    (kept,) = in_tray(installation, world.meeting)
    assert told["ok"]
    assert told["document"] == str(kept.document_id)


def zipped(*members):
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def test_each_file_of_an_archive_passes_the_gate_by_itself(client, installation, world):
    sent = zipped(
        ("2. Ngân sách/Tờ trình.pdf", pdf()),
        ("xấu.pdf", b"no"),
        ("trong.zip", b"PK"),
        ("mat.txt", "TUYỆT MẬT\nNội dung".encode()),
    )
    told = send(client, world.meeting, ("Tài liệu.zip", sent), headers=JSON).json["files"]
    assert [(each["name"], each["ok"]) for each in told] == [
        ("Tờ trình.pdf", True),
        ("xấu.pdf", False),
        ("trong.zip", False),
        ("mat.txt", False),
    ]
    kept = [
        (file.folder, file.file_name, file.reason) for file in in_tray(installation, world.meeting)
    ]
    assert kept == [
        ("Tài liệu/2. Ngân sách", "Tờ trình.pdf", None),
        ("Tài liệu", "xấu.pdf", "mislabelled"),
        ("Tài liệu", "trong.zip", "nested"),
    ]


def test_an_archive_that_is_none_is_refused_as_a_whole(client, installation, world):
    send(client, world.meeting, ("Tài liệu.zip", b"PK\x03\x04"))
    (kept,) = in_tray(installation, world.meeting)
    assert (kept.file_name, kept.reason) == ("Tài liệu.zip", "damaged")


def test_a_file_of_an_archive_that_is_too_large_is_told_by_name(
    client, installation, world, monkeypatch
):
    tight = replace(installation.settings, max_upload=5000)
    monkeypatch.setattr(installation, "settings", tight)
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(5001))
        archive.writestr("b.txt", "x" * 5000)
    sent = target.getvalue()
    told = send(client, world.meeting, ("Tài liệu.zip", sent), headers=JSON).json["files"]
    assert [(each["name"], each["ok"]) for each in told] == [("a.txt", False), ("b.txt", True)]


def test_a_file_of_a_chosen_folder_keeps_it(client, installation, world):
    sent = ("Họp/2. Ngân sách/Tờ trình.pdf", pdf())
    send(client, world.meeting, sent, field="of_folder")
    (kept,) = in_tray(installation, world.meeting)
    assert (kept.folder, kept.file_name) == ("Họp/2. Ngân sách", "Tờ trình.pdf")


def test_a_form_without_files_says_so(client, world):
    answer = send(client, world.meeting)
    assert "notice-warn" in client.get(answer.location).get_data(as_text=True)
    answer = send(client, world.meeting, headers=JSON)
    assert (answer.status_code, answer.json) == (422, {"files": []})


@pytest.mark.parametrize(("content", "ok"), [(pdf(), True), (b"no", False)])
def test_a_file_in_chunks_comes_into_the_tray(client, installation, world, content, ok):
    at = f"/meetings/{world.meeting.id}/tray/uploads"
    fields = {"csrf_token": client.csrf_token(), "name": "a.pdf", "size": len(content)}
    upload = client.post(at, data=fields, headers=JSON).json["upload"]
    assert client.get(f"{at}?upload={upload}", headers=JSON).json["offset"] == 0
    answer = client.post(
        f"{at}/chunks?upload={upload}&offset=0",
        data=content,
        content_type="application/octet-stream",
        headers=JSON | {"X-CSRFToken": client.csrf_token()},
    )
    assert answer.json["files"][0]["ok"] is ok
    (kept,) = in_tray(installation, world.meeting)
    assert (kept.reason is None) is ok


@pytest.fixture
def asked(client, world):
    """Return what begins an upload, and what asks which of some never came."""
    at, token = f"/meetings/{world.meeting.id}/tray/uploads", client.csrf_token()

    def begin(name):
        fields = {"csrf_token": token, "name": name, "size": 9}
        return client.post(at, data=fields, headers=JSON).json

    def missing(*tickets, by=client, place=at):
        fields = {"csrf_token": by.csrf_token(), "tickets": " ".join(tickets)}
        return by.post(f"{place}/missing", data=fields, headers=JSON)

    return begin, missing


def restart(app):
    """Forget every upload, as a process does that begins anew."""
    settings = app.extensions["installation"].settings
    app.extensions["uploads"] = Uploads(settings.quarantine_folder, settings.max_upload)


def test_a_file_that_a_restart_forgot_is_asked_for_by_its_name(client, app, asked, world):
    begin, missing = asked
    lost, kept = begin("Tờ trình mất.pdf")["ticket"], begin("đã nhận.txt")["ticket"]
    assert missing(lost, kept).json == {"missing": [], "arrived": []}, "both are on their way"
    send(client, world.meeting, ("đã nhận.txt", b"Noi dung"))
    restart(app)
    assert missing(lost, kept).json == {
        "missing": [{"ticket": lost, "name": "Tờ trình mất.pdf"}],
        "arrived": [kept],
    }
    assert missing().json == {"missing": [], "arrived": []}


def test_a_ticket_names_no_file_and_opens_to_its_sender_for_its_place_alone(
    app, asked, sign_in, session, world
):
    begin, missing = asked
    ticket = begin("Tờ trình mất.pdf")["ticket"]
    restart(app)
    assert b"trinh" not in urlsafe_b64decode(ticket)
    assert "Tờ trình".encode() not in urlsafe_b64decode(ticket)
    other = factories.user(session, (Role.CLERK, session.merge(world.province)))
    session.commit()
    nothing = {"missing": [], "arrived": [ticket]}
    elsewhere = f"/meetings/{world.planned_meeting.id}/tray/uploads"
    assert missing(ticket, by=sign_in(other)).json == nothing
    assert missing(ticket, place=elsewhere).json == nothing
    for forged in ("x", "AAAA", ticket[:-8], "é", ticket.swapcase()):
        assert missing(forged).json == {"missing": [], "arrived": [forged]}
    assert missing(ticket, by=sign_in(world.delegate)).status_code == 404
    assert missing("x" * 500_001).status_code == 422


def test_no_name_of_a_file_on_its_way_is_kept_here(asked, installation, app):
    begin, _missing = asked
    begin("Tờ trình mất.pdf")
    restart(app)
    with installation.database.reading() as session:
        connection = session.connection()
        rows = [
            str(connection.execute(select(table)).all()) for table in Base.metadata.sorted_tables
        ]
    assert rows
    assert not any("Tờ trình mất" in row for row in rows)


def test_the_tray_is_filled_by_its_clerk_alone(sign_in, installation, world):
    delegate = sign_in(world.delegate)
    assert send(delegate, world.meeting, ("a.pdf", pdf())).status_code == 404
    assert in_tray(installation, world.meeting) == []
