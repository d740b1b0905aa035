import pytest
from sqlalchemy import inspect, select

from meetings.agenda.tray import services
from meetings.intake import Reason
from meetings.models import TrayFile
from tests import papers


@pytest.fixture
def address(world) -> str:
    return f"/meetings/{world.planned_meeting.id}/tray"


@pytest.fixture
def clerk(sign_in, world):
    return sign_in(world.clerk)


@pytest.fixture
def file(session, items, drop) -> TrayFile:
    dropped = drop("02 To trinh du toan ngan sach.pdf")
    session.commit()
    return dropped


def item_of(session, file):
    """Return where a file lies now, and let go of the database again."""
    identity = inspect(file).identity
    session.rollback()
    found = session.scalar(select(TrayFile.item_id).where(TrayFile.id == identity[0]))
    session.rollback()
    return found


def test_an_empty_tray_says_what_to_do(clerk, address):
    assert "Khay đang trống" in clerk.get(address).text


def test_the_tray_shows_each_file_with_its_item_and_how_sure_that_is(
    clerk, address, file, items, session, installation, world
):
    received = papers.received(installation, b"%PDF", "cut.pdf")
    services.turn_away(session, world.planned_meeting, received, Reason.DAMAGED)
    session.commit()
    page = clerk.get(address).text
    assert "02 To trinh du toan ngan sach.pdf" in page
    assert "1 chắc" in page
    assert f'<option value="{items[1].id}" selected>' in page
    assert "cut.pdf" in page
    assert "Tệp bị hỏng" in page


def test_a_file_is_moved_to_another_item(session, clerk, address, file, items):
    place = items[2].id
    sent = {"file": str(file.id), "item": str(place)}
    session.rollback()
    assert clerk.submit(f"{address}/assign", **sent).status_code == 303
    assert item_of(session, file) == place
    unplaced = sent | {"item": "", "csrf_token": clerk.csrf_token()}
    answer = clerk.post(f"{address}/assign", data=unplaced, headers={"Accept": "application/json"})
    assert answer.json["files"][0]["item_id"] is None
    assert item_of(session, file) is None


def test_a_file_or_an_item_from_elsewhere_is_refused(session, clerk, address, file, world):
    other = {"file": str(file.id), "item": str(world.item.id)}
    assert clerk.submit(f"{address}/assign", **other).status_code == 422
    elsewhere = f"/meetings/{world.meeting.id}/tray"
    for step in ("assign", "remove"):
        answer = clerk.submit(f"{elsewhere}/{step}", file=str(file.id), item="")
        assert answer.status_code == 422
    assert item_of(session, file) is not None


def test_a_file_is_removed_and_its_place_told(session, clerk, address, file):
    answer = clerk.submit(f"{address}/remove", file=str(file.id))
    assert answer.status_code == 303
    assert "thùng rác" in clerk.get(address).text
    assert item_of(session, file) is None


def test_what_is_settled_leaves_the_tray(session, clerk, address, file):
    assert clerk.submit(f"{address}/clear").status_code == 303
    session.expire_all()
    assert session.scalars(select(TrayFile)).all() == []


@pytest.mark.parametrize("who", ["delegate", "outsider", "administrator"])
def test_nobody_but_the_office_sees_the_tray(sign_in, world, address, file, who):
    client = sign_in(getattr(world, who))
    assert client.get(address).status_code == 404
    assert client.submit(f"{address}/remove", file=str(file.id)).status_code == 404
