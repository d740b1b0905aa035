"""Scans come into a dossier, sealed; they are pictured and read, and their cuts proposed."""

import hashlib
import io

import pytest
from sqlalchemy import select

from meetings import jobs
from meetings.documents.queries import named_files
from meetings.intake import page_texts
from meetings.members.dossiers.scans import queries, tasks
from meetings.members.dossiers.strips.queries import pages_of, strip_of
from meetings.models import AuditEntry, DossierPage, DossierScan, Job, ScanState
from tests import factories, papers
from tests.meetings.members.dossiers.conftest import TEXTS

SECRET = "HoangVanBi012345678901"


@pytest.fixture
def at(enter, session) -> str:
    member = enter()
    session.commit()
    return f"/members/{member.id}/dossier"


def send(client, at: str, *contents: bytes, name: str = f"{SECRET}.pdf"):
    files = [(io.BytesIO(content), name) for content in contents]
    return client.submit(at, files=files)


def scans(session) -> list[DossierScan]:
    return list(session.scalars(select(DossierScan).order_by(DossierScan.number)))


def test_a_dossier_without_scans_says_what_to_do(keeper, at):
    html = keeper.get(at).get_data(as_text=True)
    assert "chưa có bản quét nào" in html
    record = keeper.get(at.removesuffix("/dossier")).get_data(as_text=True)
    assert f'href="{at}"' in record


def test_scans_are_sealed_with_a_key_of_the_members_and_come_out_bit_for_bit(
    session, installation, commune, keeper, at
):
    contents = papers.pdf(*TEXTS), papers.changed(papers.pdf(*TEXTS), 7)
    assert send(keeper, at, *contents).status_code == 303
    found = scans(session)
    assert [(scan.number, scan.page_count) for scan in found] == [(1, 5), (2, 5)]
    for scan, content in zip(found, contents, strict=True):
        assert scan.plain_sha256 == hashlib.sha256(content).hexdigest()
        key = queries.key_of(session, installation, scan)
        assert installation.store.read(scan.blob, key=key) == content
        assert content not in installation.store.ciphertext(scan.blob).read_bytes()
        assert scan.blob in set(named_files(session))


def test_the_name_of_a_file_and_what_it_holds_are_kept_nowhere(
    session, installation, keeper, at, caplog
):
    send(keeper, at, papers.pdf(f"Họ và tên: {SECRET}"))
    papers.work(installation)
    session.expire_all()
    assert [scan.state for scan in scans(session)] == [ScanState.READY]
    assert SECRET not in caplog.text
    for table in session.get_bind().dialect.get_table_names(session.connection()):
        for row in session.connection().exec_driver_sql(f'SELECT * FROM "{table}"'):
            assert SECRET not in repr(row), table
    assert not any(SECRET.encode() in path.read_bytes() for path in every_file(installation))
    entry = session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "DossierScan"))
    assert {line.action for line in entry} == {"dossier:fill"}


def every_file(installation):
    folder = installation.settings.instance
    return [path for path in folder.rglob("*") if path.is_file()]


def test_each_file_is_refused_for_itself_and_the_page_says_why(session, keeper, at):
    good, same = papers.pdf(*TEXTS), papers.pdf(*TEXTS)
    files = [
        (io.BytesIO(good), "một.pdf"),
        (io.BytesIO(same), "hai.pdf"),
        (io.BytesIO(b"no pdf at all"), "ba.pdf"),
        (io.BytesIO(b"Xin chao"), "bon.txt"),
    ]
    answer = keeper.submit(at, files=files)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for name in ("hai.pdf: Tệp này đã có", "ba.pdf: ", "bon.txt: Chỉ nhận tệp PDF"):
        assert name in html
    assert "một.pdf" not in html
    assert len(scans(session)) == 1
    assert "chọn" in keeper.submit(at).get_data(as_text=True)


def test_the_same_file_may_be_in_another_dossier(session, keeper, commune, enter, at):
    other = enter(full_name="Lò Văn Hai")
    session.commit()
    for address in (at, f"/members/{other.id}/dossier"):
        assert send(keeper, address, papers.pdf(*TEXTS)).status_code == 303
    assert [scan.number for scan in scans(session)] == [1, 1]


def test_nobody_but_the_keeper_takes_scans_in(session, sign_in, commune, world, at):
    strange = factories.user(session)
    session.commit()
    for who in (commune.secretary, world.clerk, world.administrator, strange):
        client = sign_in(who)
        assert send(client, at, papers.pdf(*TEXTS)).status_code == 404
        assert client.get(at).status_code == 404
    assert scans(session) == []


def test_a_scan_is_read_and_cut_as_its_titles_say(session, installation, keeper, at):
    texts = ["LÝ LỊCH ĐẢNG VIÊN", "QUYẾT ĐỊNH<br>kết nạp đảng viên", "GIẤY GIỚI THIỆU"]
    send(keeper, at, papers.pdf(*texts))
    assert "Đang đọc" in keeper.get(at).get_data(as_text=True)
    papers.work(installation)
    session.expire_all()
    [scan] = scans(session)
    pages = pages_of(session, scan)
    assert [page.number for page in pages] == [1, 2, 3]
    assert strip_of(pages).pieces[0].first == 1
    key = queries.key_of(session, installation, scan)
    for page in pages:
        for blob in (page.picture, page.thumbnail):
            assert installation.store.read(blob, key=key).startswith(b"RIFF")
            assert blob in set(named_files(session))
    strip = f"/dossier-scans/{scan.id}"
    session.rollback()
    assert keeper.get(strip).status_code == 200
    assert "chờ xem" in keeper.get(at).get_data(as_text=True)


def test_a_scan_is_read_once_however_often_the_job_is_tried(session, installation, keeper, at):
    send(keeper, at, papers.pdf(*TEXTS))
    papers.work(installation)
    before = set(installation.store.digests())
    [scan] = scans(session)
    jobs.enqueue(session, tasks.KIND, {"scan": str(scan.id)}, key="again")
    jobs.enqueue(session, tasks.KIND, {"scan": str(scan.member_id)}, key="gone")
    session.commit()
    papers.work(installation)
    assert set(installation.store.digests()) == before
    assert {job.state.value for job in session.scalars(select(Job))} == {"done"}


def test_pages_that_break_their_child_are_pages_all_the_same(
    session, installation, keeper, at, monkeypatch
):
    send(keeper, at, papers.pdf(*TEXTS))
    monkeypatch.setattr(tasks, "prepare_pages", lambda *_given: iter(()))
    monkeypatch.setattr(tasks, "page_texts", lambda *given: list(page_texts(*given))[:2])
    papers.work(installation)
    pages = session.scalars(select(DossierPage).order_by(DossierPage.number)).all()
    assert [(page.number, page.picture) for page in pages] == [(n, "") for n in range(1, 6)]


def test_a_reading_that_fails_for_good_is_told_on_the_page(session, keeper, at):
    send(keeper, at, papers.pdf(*TEXTS))
    session.scalars(select(Job)).one().state = "dead"
    session.commit()
    assert "Không đọc được" in keeper.get(at).get_data(as_text=True)
