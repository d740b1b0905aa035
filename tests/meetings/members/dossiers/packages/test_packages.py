"""Dossiers are taken along for a purpose: cut from the originals, sealed, checked, forgotten."""

import csv
import hashlib
import io
import zipfile
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from meetings import clock, jobs
from meetings.documents.queries import named_files
from meetings.members.dossiers.packages import tasks
from meetings.members.dossiers.packages.writing import MANIFEST
from meetings.members.dossiers.strips import services as strips
from meetings.members.dossiers.strips.strip import Piece, turn
from meetings.models import AuditEntry, DossierPackage, Job, PieceState
from tests import papers
from tests.meetings.members.conftest import admitted

DONE, TRAY = PieceState.ACCEPTED, PieceState.TRAY
CODE, CITIZEN = "25.0.36.1.15", "014066001234"
PIECES = [Piece(1, 2, 2, DONE), Piece(3, 3, 5, DONE, date(1990, 5, 19)), Piece(4, 5, 55, TRAY)]
FOLDER = f"25.000.036.001.015/{CITIZEN}_LoThiAnh"


@pytest.fixture
def member(enter, fill):
    entered = enter(admitted(), citizen_id=CITIZEN)
    fill(entered, PIECES)
    return entered


@pytest.fixture
def at(commune, member) -> str:
    return f"/bodies/{commune.cell.id}/dossiers/packages"


def order(client, at: str, **changes: str):
    fields = {"member": "", "code": CODE, "purpose": "Nộp về Ban Tổ chức Tỉnh ủy"}
    return client.submit(at, **fields | changes)


def package_of(session) -> DossierPackage:
    session.expire_all()
    return session.scalars(select(DossierPackage)).one()


def taken(client, session) -> zipfile.ZipFile:
    identity = package_of(session).id
    session.rollback()
    answer = client.get(f"/dossier-packages/{identity}")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.get_data()))


def test_a_package_has_a_file_a_paper_in_the_prescribed_tree_and_a_line_a_page(
    session, installation, commune, keeper, member, at
):
    assert order(keeper, at).status_code == 303
    papers.work(installation)
    package = package_of(session)
    assert package.found == {
        "files": 2, "pages": 3, "left_out": 2, "faults": [], "left": {"khay xem lai": 2},
    }  # fmt: skip
    assert package.blob in set(named_files(session))
    archive = taken(keeper, session)
    first, second = (
        f"{FOLDER}/02.Ly lich dang vien.pdf",
        f"{FOLDER}/05.Quyet dinh ket nap dang vien.pdf",
    )
    assert archive.namelist() == [first, second, MANIFEST]
    assert len(PdfReader(io.BytesIO(archive.read(first))).pages) == 2
    assert "Quyết định" in PdfReader(io.BytesIO(archive.read(second))).pages[0].extract_text()
    rows = list(csv.reader(io.StringIO(archive.read(MANIFEST).decode("utf-8-sig"))))[1:]
    assert [(row[0], row[3]) for row in rows] == [
        ("", "4"), ("", "5"), (first, "1"), (first, "2"), (second, "3"),
    ]  # fmt: skip
    assert rows[4][6] == hashlib.sha256(archive.read(second)).hexdigest()
    assert all(row[7] == row[8] for row in rows if row[0])
    html = keeper.get(at).get_data(as_text=True)
    for said in ("Đã kiểm tra", "2 tệp, 3 trang; 2 trang", "trong khay xem lại", "Nộp về Ban"):
        assert said in html
    assert CITIZEN not in html


def test_a_turned_page_is_turned_by_its_attribute_and_its_content_stays_as_it_was(
    session, installation, commune, keeper, member, fill, at
):
    scan = fill.last
    strips.step(session, scan, lambda s: turn(s, 2), seen=0, by=commune.keeper)
    session.commit()
    order(keeper, at)
    papers.work(installation)
    assert package_of(session).found["faults"] == []
    archive = taken(keeper, session)
    pages = PdfReader(io.BytesIO(archive.read(archive.namelist()[0]))).pages
    assert [page.rotation for page in pages] == [0, 90]


def test_one_member_can_be_taken_along_without_the_others(
    session, installation, keeper, member, enter, fill, at
):
    other = enter(full_name="Lò Văn Hai", citizen_id="014066009999")
    fill(other, PIECES)
    order(keeper, at, member=str(other.id))
    papers.work(installation)
    names = taken(keeper, session).namelist()
    assert {name.split("/")[1] for name in names[:-1]} == {"014066009999_LoVanHai"}
    assert order(keeper, at, member=at.split("/")[2]).status_code == 422


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"code": "25.0.36"}, "năm nhóm số"), ({"purpose": " "}, 'id="purpose-error"')],
    ids=["code", "purpose"],
)
def test_without_a_code_or_a_purpose_nothing_is_made(session, keeper, at, changes, said):
    answer = order(keeper, at, **changes)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert session.scalars(select(DossierPackage)).all() == []


def test_a_member_without_an_identity_number_is_left_out_and_the_report_says_so(
    session, installation, keeper, enter, fill, commune, at
):
    fill(enter(full_name="Lò Văn Không"), PIECES)
    order(keeper, at)
    papers.work(installation)
    assert package_of(session).found["left"]["can so dinh danh 12 so"] == 3
    session.rollback()
    assert "chưa có số định danh" in keeper.get(at).get_data(as_text=True)


def test_a_body_without_scans_says_what_to_do(session, keeper, commune, enter):
    html = keeper.get(f"/bodies/{commune.other_cell.id}/dossiers/packages")
    assert "chưa có bản quét hồ sơ nào" in html.get_data(as_text=True)


def test_orders_and_downloads_are_recorded_without_the_number(
    session, installation, keeper, at, caplog
):
    order(keeper, at)
    papers.work(installation)
    taken(keeper, session)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
    actions = [entry.action for entry in entries]
    assert actions.count("dossiers:take") == 1
    assert "dossiers:export" in actions
    assert CITIZEN not in caplog.text
    for table in session.get_bind().dialect.get_table_names(session.connection()):
        for row in session.connection().exec_driver_sql(f'SELECT * FROM "{table}"'):
            assert CITIZEN not in repr(row), table


def test_a_package_is_given_to_the_keeper_alone_and_not_before_it_is_made(
    session, installation, sign_in, commune, world, keeper, at
):
    order(keeper, at)
    address = f"/dossier-packages/{package_of(session).id}"
    session.commit()
    assert keeper.get(address).status_code == 404
    papers.work(installation)
    session.expire_all()
    for who in [session.merge(one) for one in (commune.secretary, world.clerk)]:
        _ = who.id, who.person_id
        session.commit()
        client = sign_in(who)
        assert client.get(address).status_code == 404
        assert order(client, at).status_code == 404
    assert keeper.get(address).headers["Cache-Control"] == "no-store"


def test_a_package_is_made_once_and_forgotten_after_a_week(session, installation, keeper, at):
    order(keeper, at)
    papers.work(installation)
    package = package_of(session)
    blob = package.blob
    jobs.enqueue(session, tasks.KIND, {"package": str(package.id)}, key="again")
    session.commit()
    papers.work(installation)
    assert package_of(session).blob == blob
    package.created_at = clock.now() - timedelta(days=8)
    jobs.enqueue(session, tasks.FORGET, {}, key="forget")
    session.commit()
    papers.work(installation)
    assert session.scalars(select(DossierPackage)).all() == []
    assert not installation.store.has(blob)


def test_a_package_that_cannot_be_made_is_told_and_not_given_out(session, keeper, at):
    order(keeper, at)
    session.scalars(select(Job).where(Job.kind == tasks.KIND)).one().state = "dead"
    session.commit()
    assert "Không đóng gói được" in keeper.get(at).get_data(as_text=True)


def test_a_package_with_a_fault_says_which_and_has_no_button(session, keeper, at):
    order(keeper, at)
    package = package_of(session)
    counted = {"files": 1, "pages": 1, "left_out": 0, "left": {}, "faults": ["untouched"]}
    package.found, package.checked_at = counted, clock.now()
    identity = package.id
    session.commit()
    html = keeper.get(at).get_data(as_text=True)
    assert "không đúng với trang của bản quét" in html
    assert f"/dossier-packages/{identity}" not in html
