"""Files come into the tray, by a plain form and in chunks."""

from io import BytesIO

import pytest
from pypdf import PdfWriter
from sqlalchemy import select

from meetings.models import TrayFile

JSON = {"Accept": "application/json"}


def pdf():
    writer, target = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(target)
    return target.getvalue()


def send(client, meeting, *files, headers=None):
    data = {
        "csrf_token": client.csrf_token(),
        "files": [(BytesIO(content), name) for name, content in files],
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


def test_the_tray_is_filled_by_its_clerk_alone(sign_in, installation, world):
    delegate = sign_in(world.delegate)
    assert send(delegate, world.meeting, ("a.pdf", pdf())).status_code == 404
    assert in_tray(installation, world.meeting) == []
