from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from meetings import clock, vault
from meetings.documents import services
from meetings.documents.quarantine.services import Received
from meetings.documents.queries import current_version
from meetings.intake import Verdict
from meetings.models import AccessLevel, Document, DocumentType, DocumentVersion, Job, VersionState
from storage import NoSpace
from tests import factories

HOSTILE = [
    "../../etc/passwd",
    "/etc/passwd",
    "a\0b.pdf",
    "gpj.\u202efdp.exe",
    "x" * 300 + ".pdf",
    "Ba\u0301o ca\u0301o.pdf",
    "..",
    "",
]


def describe(session, installation, document, **changes):
    values = {
        "title": "Báo cáo quý III",
        "doc_type": DocumentType.REPORT,
        "symbol": "12-BC/VP",
        "issued_on": date(2026, 11, 20),
        "issuer": "Văn phòng Tỉnh ủy",
        "signer": "Trần Văn An",
        "access_level": document.access_level,
    }
    services.describe(session, installation, document, **values | changes)
    session.flush()


def index_jobs(session, document):
    key = f"index:{document.id}"
    return session.scalars(select(Job).where(Job.dedupe_key == key)).all()


def test_a_received_file_is_kept_bit_for_bit_and_encrypted(
    session, installation, world, receive, make_pdf
):
    content = make_pdf("bi mat")
    document = receive(content, pages=1, topic="office:1")
    version = current_version(session, document)
    key = vault.storage_key(installation.keys, version)
    assert installation.store.read(version.blob, key=key) == content
    assert b"%PDF" not in installation.store.ciphertext(version.blob).read_bytes()
    assert (version.size, version.plain_sha256) == (len(content), sha256(content).hexdigest())
    assert (version.page_count, version.state) == (1, VersionState.RECEIVED)
    assert (document.body_id, document.created_by) == (world.office.id, world.clerk.id)
    assert version.compartment.access_level is document.access_level is AccessLevel.INTERNAL


def test_a_received_file_is_queued_to_be_prepared(session, receive):
    document = receive(topic="office:1", by=None)
    (job,) = session.scalars(select(Job).where(Job.kind == "documents.prepare")).all()
    version = current_version(session, document)
    assert job.payload == {"version": str(version.id)}
    assert (job.dedupe_key, job.topic) == (f"prepare:{document.id}", "office:1")
    assert document.created_by is None


@pytest.mark.parametrize(
    ("inside", "name", "given", "title"),
    [
        ("", "Báo cáo.pdf", None, "Báo cáo"),
        ("", "Ba\u0301o ca\u0301o.pdf", None, "Báo cáo"),
        ("Tờ trình", "x.pdf", None, "Tờ trình"),
        (" \u202e ", "x.pdf", None, "x"),
        ("Tờ trình", "x.pdf", "Đề án", "Đề án"),
        ("", "a\0b\u202e.pdf", None, "ab"),
    ],
)
def test_a_document_is_called_by_the_best_title_known(receive, inside, name, given, title):
    assert receive(name=name, inside=inside, title=given).title == title


@given(inside=st.text(), name=st.text())
def test_whatever_a_file_calls_itself_a_page_can_show_its_title(inside, name):
    received = Received(name, 0, "a1b2c3d4e5f60708")
    title = services._title(received, Verdict(title=inside))
    assert title.isprintable()
    assert title.strip()
    assert len(title) <= services.TITLE_LENGTH


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_comes_back_as_it_was_sent(session, receive, name):
    document = receive(name=name)
    session.commit()
    session.expire_all()
    assert current_version(session, document).file_name == name


def test_a_crash_before_the_rows_leaves_only_a_blob_that_nothing_names(
    session, installation, receive
):
    receive()
    session.rollback()
    for table in (Document, DocumentVersion, Job):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    assert len(list(installation.store.digests())) == 1


def test_a_full_disk_is_told_and_leaves_nothing(session, installation, receive):
    installation.store.floor = 2**62
    with pytest.raises(NoSpace):
        receive()
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Document)) == 0
    assert list(installation.store.digests()) == []
    assert list(installation.settings.quarantine_folder.iterdir()) == []


def test_duplicates_are_told_to_those_who_may_read_them(session, world, receive):
    same, _other = receive(b"same"), receive(b"other")
    digest = sha256(b"same").hexdigest()
    assert services.duplicates_of(session, digest, by=world.clerk) == [same]
    assert services.duplicates_of(session, digest, by=world.outsider) == []


def test_a_document_whose_file_was_replaced_is_no_duplicate_of_the_old_one(session, world, receive):
    document = receive(b"same")
    current_version(session, document).superseded_at = clock.now()
    digest = sha256(b"same").hexdigest()
    assert services.duplicates_of(session, digest, by=world.clerk) == []


def test_describing_records_everything_and_renews_the_index(session, installation, receive):
    document, noise = receive(), receive()
    describe(session, installation, document)
    assert (document.title, document.symbol) == ("Báo cáo quý III", "12-BC/VP")
    assert (document.doc_type, document.issued_on) == (DocumentType.REPORT, date(2026, 11, 20))
    assert (document.issuer, document.signer) == ("Văn phòng Tỉnh ủy", "Trần Văn An")
    assert len(index_jobs(session, document)) == 1
    assert index_jobs(session, noise) == []
    assert noise.title == "Báo cáo"


def test_a_new_level_locks_the_same_keys_in_its_own_compartment(session, installation, receive):
    document = receive(b"content")
    version = current_version(session, document)
    before = vault.reading_key(installation.keys, version)
    describe(session, installation, document, access_level=AccessLevel.RESTRICTED)
    assert version.compartment.access_level is AccessLevel.RESTRICTED
    assert vault.reading_key(installation.keys, version) == before
    key = vault.storage_key(installation.keys, version)
    assert installation.store.read(version.blob, key=key) == b"content"


def test_the_same_level_locks_nothing_anew(session, installation, receive):
    document = receive()
    version = current_version(session, document)
    locked = version.storage_key, version.reading_key, version.compartment_id
    describe(session, installation, document)
    assert (version.storage_key, version.reading_key, version.compartment_id) == locked


def test_a_new_level_does_not_bring_a_dropped_reading_key_back(session, installation, receive):
    document = receive()
    version = current_version(session, document)
    version.reading_key = None
    describe(session, installation, document, access_level=AccessLevel.NORMAL)
    assert version.reading_key is None
    assert version.compartment.access_level is AccessLevel.NORMAL


def test_a_document_without_a_file_can_be_described(session, installation, world):
    document = factories.document(session, world.office)
    describe(session, installation, document, access_level=AccessLevel.RESTRICTED)
    assert document.access_level is AccessLevel.RESTRICTED


def test_archiving_again_keeps_the_first_day(session, receive):
    document, noise = receive(), receive()
    services.archive(session, document)
    first = document.archived_at
    services.archive(session, document)
    assert document.archived_at == first is not None
    assert noise.archived_at is None
    assert len(index_jobs(session, document)) == 1


def test_a_document_leaves_the_archive_and_the_index_hears_of_it(session, receive):
    document = receive(b"archived")
    document.archived_at = clock.now()
    services.unarchive(session, document)
    assert document.archived_at is None
    assert len(index_jobs(session, document)) == 1
