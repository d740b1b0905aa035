"""A file in chunks, as intake.js sends it."""

from io import BytesIO

import pytest
from pypdf import PdfWriter
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict

from meetings.agenda.papers import views
from meetings.documents.quarantine.services import Draft
from meetings.documents.uploads import services
from meetings.models import AgendaPaper, DocumentVersion

JSON = {"Accept": "application/json"}
LENGTH = 400_000  # a longer form makes the test client leave a file open


def pdf(bytes_beside=0):
    writer, target = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.add_attachment("x", bytes(bytes_beside)) if bytes_beside else None
    writer.write(target)
    return target.getvalue()


def at(item):
    return f"/agenda-items/{item.id}/uploads"


def begin(client, item, content, name="Báo cáo.pdf"):
    fields = {"csrf_token": client.csrf_token(), "name": name, "size": len(content)}
    return client.post(at(item), data=fields, headers=JSON)


def add(client, item, upload, offset, chunk, **options):
    headers = JSON | {"X-CSRFToken": client.csrf_token()} | options.pop("headers", {})
    return client.post(
        f"{at(item)}/chunks?upload={upload}&offset={offset}",
        data=chunk,
        content_type="application/octet-stream",
        headers=headers,
        **options,
    )


def ask(client, item, upload):
    return client.get(f"{at(item)}?upload={upload}", headers=JSON)


def papers(installation, item):
    with installation.database.reading() as session:
        query = select(AgendaPaper).where(AgendaPaper.item_id == item.id)
        return session.scalars(query).all()


@pytest.fixture
def client(sign_in, world):
    return sign_in(world.clerk)


def test_a_file_in_chunks_becomes_the_paper_it_would_have_been(client, installation, world):
    content = pdf()
    answer = begin(client, world.item, content)
    assert answer.status_code == 201
    upload, ticket = answer.json["upload"], answer.json["ticket"]
    facts = {"offset": 0, "size": len(content), "chunk": 4 << 20}
    assert answer.json == {"upload": upload, "ticket": ticket, **facts}
    half = len(content) // 2
    first = add(client, world.item, upload, 0, content[:half])
    assert (first.status_code, first.json["offset"]) == (200, half)
    assert "files" not in first.json
    assert ask(client, world.item, upload).json == first.json
    (told,) = add(client, world.item, upload, half, content[half:]).json["files"]
    assert told["ok"]
    (paper,) = papers(installation, world.item)
    assert told["paper"] == str(paper.id)
    with installation.database.reading() as session:
        version = session.scalars(select(DocumentVersion)).one()
    assert (version.file_name, version.size) == ("Báo cáo.pdf", len(content))
    assert ask(client, world.item, upload).json["files"] == [told]
    assert list(installation.settings.quarantine_folder.iterdir()) == []


def test_a_wrong_offset_is_told_the_right_one(client, world):
    content = pdf()
    upload = begin(client, world.item, content).json["upload"]
    add(client, world.item, upload, 0, content[:9])
    for offset in (0, 8, 10, "x"):
        answer = add(client, world.item, upload, offset, content[9:])
        assert (answer.status_code, answer.json["offset"]) == (409, 9)
    assert add(client, world.item, upload, 9, content[9:]).json["files"][0]["ok"]
    again = add(client, world.item, upload, 9, content[9:])
    assert (again.status_code, again.json["files"][0]["ok"]) == (409, True)


def test_a_file_that_the_gate_refuses_is_refused_in_the_same_words(client, world):
    content = b"MZ not a paper"
    form = {"csrf_token": client.csrf_token(), "files": [(BytesIO(content), "virus.exe")]}
    whole = client.post(f"/agenda-items/{world.item.id}/papers", data=form, headers=JSON)
    upload = begin(client, world.item, content, "virus.exe").json["upload"]
    assert add(client, world.item, upload, 0, content).json["files"] == whole.json["files"]


def test_a_file_too_large_is_refused_before_it_is_sent(client, installation, world):
    object.__setattr__(installation.settings, "max_upload", 100)
    answer = begin(client, world.item, bytes(101))
    assert not answer.json["files"][0]["ok"]
    assert begin(client, world.item, bytes(100)).status_code == 201


def test_an_upload_needs_a_name_and_a_size(client, world):
    for fields in ({}, {"name": "a.pdf"}, {"size": 3}, {"name": "a.pdf", "size": -1}):
        data = {"csrf_token": client.csrf_token()} | fields
        assert client.post(at(world.item), data=data).status_code == 422


def test_a_chunk_is_no_larger_than_was_said(client, world):
    content = bytes(services.CHUNK + 1)
    upload = begin(client, world.item, content).json["upload"]
    assert add(client, world.item, upload, 0, content).status_code == 413
    assert ask(client, world.item, upload).json["offset"] == 0
    assert add(client, world.item, upload, 0, content[:-1]).json["offset"] == services.CHUNK


def test_an_upload_is_nobody_elses_and_belongs_to_its_item(client, sign_in, world, app):
    content = pdf()
    upload = begin(client, world.item, content).json["upload"]
    delegate = sign_in(world.delegate)
    assert begin(delegate, world.item, content).status_code == 404
    for who, item in ((delegate, world.item), (client, world.planned_item)):
        assert ask(who, item, upload).status_code == 404
        assert add(who, item, upload, 0, content).status_code == 404
    assert ask(client, world.item, "unknown").status_code == 404
    app.extensions["uploads"] = services.Uploads(app.extensions["uploads"]._folder, 10**6)
    assert ask(client, world.item, upload).status_code == 404


def test_every_chunk_shows_its_token(client, world):
    upload = begin(client, world.item, b"%PDF").json["upload"]
    answer = add(client, world.item, upload, 0, b"%PDF", headers={"X-CSRFToken": "wrong"})
    assert answer.status_code == 403


def test_who_sends_too_much_at_once_waits(client, world, monkeypatch):
    monkeypatch.setattr(services, "EACH", 1)
    assert begin(client, world.item, b"%PDF").status_code == 201
    answer = begin(client, world.item, b"%PDF")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) == services.QUIET_SECONDS


def test_an_upload_that_fails_on_our_side_is_forgotten(client, world, monkeypatch):
    def fail(*_arguments, **_options):
        raise RuntimeError

    monkeypatch.setattr(views, "take_in", fail)
    content = pdf()
    upload = begin(client, world.item, content).json["upload"]
    with pytest.raises(AssertionError, match="unforeseen"):
        add(client, world.item, upload, 0, content)
    assert ask(client, world.item, upload).status_code == 404


def test_the_files_of_a_plain_form_are_sealed_as_they_are_read(app, installation):
    file = FileStorage(BytesIO(bytes(LENGTH)), "a.pdf")
    with app.test_request_context("/", method="POST", data=MultiDict({"files": file})) as context:
        read = context.request.files["files"].stream
        assert isinstance(read, Draft)
        assert read.size == LENGTH
        assert list(installation.settings.quarantine_folder.iterdir()) == []
    assert read._file.closed
