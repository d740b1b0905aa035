"""The bin, and destruction by two persons: afterwards nothing is left, wherever one looks."""

import dataclasses
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import select

from meetings import jobs
from meetings.backup import manifest, recovery, restoring
from meetings.backup import services as backup
from meetings.documents import tasks as documents_tasks
from meetings.documents.destruction import tasks
from meetings.documents.queries import current_version
from meetings.models import (
    AuditEntry,
    Destruction,
    Document,
    DocumentVersion,
    Job,
    JobState,
    KeptPack,
    Note,
    NotePlacement,
    Page,
    Role,
    SentNote,
)
from meetings.settings import Settings
from search_index import parse
from tests import factories, papers

CANARY = "Bachkimyen"
ASKED = {"decision": "12-QĐ/VPTU", "decided_on": "20/11/2026", "reason": "Hết giá trị"}
ADDRESSES = ("", "/edit", "/original", "/manifest", "/key", "/readers")


@pytest.fixture
def shelf(installation, session, world):
    """A released paper with a canary in its text, beside another one that must stay."""
    content = papers.pdf(f"Nghị quyết có {CANARY} ở trang đầu", f"Trang hai {CANARY}")
    made = [papers.prepared(installation, world.office, content=c) for c in (None, content)]
    noise, document = map(session.merge, made)
    noise.title, document.title = "Báo cáo còn giữ", "Tờ trình hết giá trị"
    laid = factories.paper(session, world.item, noise)
    version = current_version(session, document)
    marked = {"document_id": document.id, "page": 1, "shape": {"words": [3]}, "quote": CANARY}
    note = factories.note(session, world.delegate, version_id=version.id, **marked)
    factories.add(session, NotePlacement(note_id=note.id, version_id=version.id, revision=1))
    copy = SentNote(kind=note.kind, text="Xem chỗ này", **marked)
    factories.sending(session, world.meeting, world.delegate, notes=[copy])
    factories.add(
        session, KeptPack(user_id=world.delegate.id, tablet=uuid4(), version_id=version.id)
    )
    session.commit()
    return SimpleNamespace(document=document, noise=noise, laid=laid, note=note.id)


@pytest.fixture
def second(session, world):
    """Another clerk of the same office."""
    clerk = factories.user(session, (Role.CLERK, world.office))
    session.commit()
    return clerk


def at(document, deed="") -> str:
    return f"/documents/{document.id}{deed}"


def destruction_of(installation, document) -> Destruction | None:
    with installation.database.reading() as reading:
        query = select(Destruction).where(Destruction.document_id == document.id)
        return reading.scalars(query).unique().one_or_none()


@pytest.fixture
def destroyed(installation, world, shelf, second, sign_in):
    """The document with the canary after both persons and the worker did their part."""
    clerk = sign_in(world.clerk)
    clerk.submit(at(shelf.document, "/discard"))
    clerk.submit(at(shelf.document, "/destruction"), **ASKED)
    order = destruction_of(installation, shelf.document)
    assert sign_in(second).submit(f"/destructions/{order.id}").status_code == 303
    papers.work(installation)
    return shelf.document


def places_with(folder: Path, needles: list[bytes]) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 5
    return [path.name for path in files if any(n in path.read_bytes() for n in needles)]


@pytest.mark.sqlite
def test_the_canary_is_there_before(installation, shelf):
    """Without this, a search that looks at nothing would make the test below hold."""
    with installation.database.reading() as reading:
        version = current_version(reading, shelf.document)
    needles = [CANARY.lower().encode(), bytes(version.storage_key), version.blob.encode()]
    found = places_with(installation.settings.instance, needles)
    assert any(name.startswith("database.sqlite3") for name in found)
    assert any(name.startswith("MAIN_") for name in found), "the index is plain"


@pytest.mark.sqlite
def test_nothing_is_left_in_files_index_database_and_log(
    installation, world, shelf, second, sign_in, request
):
    copies = installation.settings.copies_folder
    copies.mkdir()
    with installation.database.reading() as reading:
        versions = reading.scalars(
            select(DocumentVersion).where(DocumentVersion.document_id == shelf.document.id)
        ).all()
        pages = reading.scalars(select(Page).where(Page.version_id == versions[0].id)).all()
    keys = [bytes(versions[0].storage_key), bytes(versions[0].reading_key)]
    source = sqlite3.connect(installation.settings.instance / "database.sqlite3")
    source.execute("VACUUM INTO ?", [str(copies / "0006.sqlite3")])
    source.close()
    request.getfixturevalue("destroyed")
    with installation.database.reading() as reading:
        failed = reading.scalars(select(Job).where(Job.state == JobState.DEAD)).all()
    assert failed == []
    assert destruction_of(installation, shelf.document).done_at
    needles = [CANARY.encode(), CANARY.lower().encode(), versions[0].plain_sha256.encode(), *keys]
    assert places_with(installation.settings.instance, needles) == []
    gone = [versions[0].blob, *(digest for page in pages for digest in page.blobs)]
    assert [digest for digest in gone if installation.store.has(digest)] == []
    both = [str(shelf.document.id), str(shelf.noise.id)]
    found = installation.index.search(parse("nghi quyet"), allowed=both).hits
    assert [hit.document for hit in found] == [str(shelf.noise.id)]


def test_what_a_delegate_wrote_stays_without_the_words_of_the_paper(installation, shelf, destroyed):
    with installation.database.reading() as reading:
        note, copy = reading.get_one(Note, shelf.note), reading.scalars(select(SentNote)).one()
    assert (note.text, copy.text) == ("Cần hỏi lại số liệu", "Xem chỗ này")
    assert (note.quote, note.shape, copy.quote, copy.shape) == ("", {}, "", {})


@pytest.mark.sqlite
def test_a_new_backup_brings_nothing_of_it_back_and_an_older_one_all(
    installation, shelf, request, tmp_path
):
    folder, safe = tmp_path / "backups", tmp_path / "recovery.key"
    public = recovery.make_pair(safe)
    installation.settings = dataclasses.replace(installation.settings, recovery_key=public)
    with installation.database.reading() as reading:
        version = current_version(reading, shelf.document)
        pages = reading.scalars(select(Page).where(Page.version_id == version.id)).all()
    gone = {version.blob, *(digest for page in pages for digest in page.blobs)}
    words = [CANARY.encode(), CANARY.lower().encode()]
    needles = [*words, version.plain_sha256.encode(), bytes(version.storage_key)]
    older = backup.create(installation, folder).run.rename(folder / "2026-01-02T05-00-00-000000Z")
    request.getfixturevalue("destroyed")
    newer = backup.create(installation, folder).run
    assert gone <= manifest.read(older).blobs.keys()
    assert gone.isdisjoint(manifest.read(newer).blobs)
    found = {}
    for run in (older, newer):
        back = Settings(instance=tmp_path / run.name, min_free=0)
        restoring.restore(back, folder, safe, run.name)
        found[run] = places_with(back.instance, needles)
    assert found[older], "the risk that we accept, told to those who decide"
    assert found[newer] == []


def test_the_neighbour_is_read_as_before(installation, world, shelf, destroyed, sign_in):
    assert sign_in(world.delegate).get(at(shelf.noise)).status_code == 200
    assert current_version(installation.database.reading(), shelf.noise)


def test_the_list_of_destroyed_documents_tells_who_and_why(
    world, shelf, destroyed, sign_in, second
):
    html = sign_in(world.clerk).get("/bin").get_data(as_text=True)
    for said in (ASKED["decision"], world.clerk.person.full_name, second.person.full_name):
        assert said in html
    assert shelf.document.title in html
    assert at(shelf.document, "/restore") not in html


def test_nobody_brings_back_what_is_destroyed(world, destroyed, sign_in):
    clerk = sign_in(world.clerk)
    assert clerk.submit(at(destroyed, "/restore")).status_code == 404
    assert clerk.get(at(destroyed)).status_code == 404


def test_every_step_stands_in_the_ledger(installation, world, shelf, destroyed, second):
    with installation.database.reading() as reading:
        lines = reading.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    deeds = [(line.action, line.actor_id) for line in lines if line.actor_id]
    assert deeds == [
        ("document:discard", world.clerk.id),
        ("destruction:ask", world.clerk.id),
        ("destruction:confirm", second.id),
    ]


def test_who_asked_cannot_confirm(installation, world, shelf, sign_in):
    clerk = sign_in(world.clerk)
    clerk.submit(at(shelf.document, "/discard"))
    clerk.submit(at(shelf.document, "/destruction"), **ASKED)
    order = destruction_of(installation, shelf.document)
    assert clerk.get(f"/destructions/{order.id}").status_code == 404
    assert clerk.submit(f"/destructions/{order.id}").status_code == 404
    assert destruction_of(installation, shelf.document).confirmed_at is None


@pytest.mark.parametrize("who", ["delegate", "researcher", "outsider", "administrator"])
def test_only_the_office_throws_away_asks_and_confirms(
    installation, session, world, shelf, sign_in, who
):
    stranger, clerk = sign_in(getattr(world, who)), sign_in(world.clerk)
    assert stranger.submit(at(shelf.document, "/discard")).status_code == 404
    assert stranger.get("/bin").status_code == 403
    clerk.submit(at(shelf.document, "/discard"))
    assert stranger.submit(at(shelf.document, "/restore")).status_code == 404
    assert stranger.submit(at(shelf.document, "/destruction"), **ASKED).status_code == 404
    clerk.submit(at(shelf.document, "/destruction"), **ASKED)
    order = destruction_of(installation, shelf.document)
    assert stranger.submit(f"/destructions/{order.id}").status_code == 404


def test_in_the_bin_nobody_reads_it_and_it_comes_back_as_it_was(
    installation, session, world, shelf, sign_in
):
    clerk, delegate = sign_in(world.clerk), sign_in(world.delegate)
    before = clerk.get(at(shelf.document)).status_code
    clerk.submit(at(shelf.document, "/discard"))
    for address in ADDRESSES:
        assert clerk.get(at(shelf.document, address)).status_code == 404
    assert shelf.document.title not in clerk.get("/archive").get_data(as_text=True)
    assert delegate.get(at(shelf.noise)).status_code == 200
    clerk.submit(at(shelf.document, "/restore"))
    assert clerk.get(at(shelf.document)).status_code == before == 200


def test_a_restored_document_is_no_longer_to_be_destroyed(installation, world, shelf, sign_in):
    clerk = sign_in(world.clerk)
    clerk.submit(at(shelf.document, "/discard"))
    clerk.submit(at(shelf.document, "/destruction"), **ASKED)
    clerk.submit(at(shelf.document, "/restore"))
    assert destruction_of(installation, shelf.document) is None


def test_a_released_paper_is_recalled_before_it_is_thrown_away(world, shelf, sign_in):
    clerk = sign_in(world.clerk)
    answer = clerk.submit(at(shelf.noise, "/discard"))
    assert answer.location == at(shelf.noise, "/edit")
    assert sign_in(world.delegate).get(at(shelf.noise)).status_code == 200
    clerk.submit(f"/papers/{shelf.laid.id}/recall")
    assert clerk.submit(at(shelf.noise, "/discard")).location == "/bin"
    agenda = clerk.get(f"/meetings/{world.meeting.id}").get_data(as_text=True)
    assert shelf.noise.title not in agenda


@pytest.mark.parametrize(
    "wrong", [{"decision": ""}, {"decided_on": ""}, {"decided_on": "1/1/2099"}]
)
def test_without_a_decision_nothing_is_destroyed(installation, world, shelf, sign_in, wrong):
    clerk = sign_in(world.clerk)
    clerk.submit(at(shelf.document, "/discard"))
    answer = clerk.submit(at(shelf.document, "/destruction"), **ASKED | wrong)
    assert answer.status_code == 422
    assert destruction_of(installation, shelf.document) is None


def test_an_empty_bin_says_so(world, sign_in):
    assert "Thùng rác trống" in sign_in(world.clerk).get("/bin").get_data(as_text=True)


def test_a_preparation_under_way_leaves_nothing_of_a_destroyed_document(
    installation, session, world, monkeypatch
):
    taken = papers.taken_in(installation, world.office)
    prepare = documents_tasks.prepare_pages

    def destroyed_meanwhile(*arguments):
        pages = list(prepare(*arguments))

        def drop(writing):
            for version in writing.scalars(select(DocumentVersion)):
                writing.delete(version)

        installation.database.write(drop)
        return pages

    monkeypatch.setattr(documents_tasks, "prepare_pages", destroyed_meanwhile)
    original = current_version(session, taken).blob
    session.rollback()
    papers.work(installation)
    assert list(installation.store.digests()) == [original]


def test_a_reader_who_holds_the_log_up_makes_the_step_wait(installation, monkeypatch):
    monkeypatch.setattr(tasks, "PAUSE", 0.0)
    monkeypatch.setattr(installation.database, "empty_log", lambda: False)
    with pytest.raises(tasks.Unsettled):
        tasks.settle(installation)
    answers = iter([False, False, True])
    monkeypatch.setattr(installation.database, "empty_log", lambda: next(answers))
    tasks.settle(installation)


def test_the_page_of_a_document_that_is_kept_is_no_document_of_the_bin(
    session, world, shelf, sign_in
):
    assert sign_in(world.clerk).get(at(shelf.document, "/destruction")).status_code == 404
    assert session.get_one(Document, shelf.document.id).discarded_at is None


def test_it_says_that_nothing_is_left_only_when_the_files_are_gone(
    installation, world, shelf, second, sign_in
):
    clerk = sign_in(world.clerk)
    kept = set(installation.store.digests())
    with installation.database.reading() as reading:
        original = current_version(reading, shelf.document).blob
    clerk.submit(at(shelf.document, "/discard"))
    clerk.submit(at(shelf.document, "/destruction"), **ASKED)
    sign_in(second).submit(f"/destructions/{destruction_of(installation, shelf.document).id}")
    while destruction_of(installation, shelf.document).done_at is None:
        assert jobs.run_next(installation, "test")
    left = set(installation.store.digests())
    assert original not in left
    assert len(kept - left) == 2 + 2 * 4, "original, viewing copy, and four files of each page"
