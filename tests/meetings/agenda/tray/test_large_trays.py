"""A tray of hundreds of files: each new one costs the same, and a clerk sees it in pages."""

import re
from itertools import count

import pytest
from sqlalchemy import delete, select

from meetings import clock
from meetings.agenda.tray import services, tasks
from meetings.intake import matching
from meetings.jobs import Run
from meetings.models import Certainty, Job, RoleAssignment, TrayFile, new_id
from meetings.worker import TASKS
from tests import factories

numbers = count(1)
SMALL = 4


@pytest.fixture
def small(monkeypatch):
    """Call a tray large from four files on."""
    monkeypatch.setattr(services, "SAMPLE", SMALL)


@pytest.fixture
def looked_at(monkeypatch):
    """How many files were looked at, each time files were matched."""
    seen, match = [], matching.match

    def spy(files, items):
        seen.append(len(files))
        return match(files, items)

    monkeypatch.setattr(services.matching, "match", spy)
    return seen


@pytest.fixture
def lay(session, world):
    """Return what lays a file in the tray of the planned meeting without examining it."""

    def laid(name, **facts) -> TrayFile:
        meeting = world.planned_meeting
        of = factories.document(session, meeting.body, title=f"Văn bản {next(numbers)}")
        values = {"folder": "", "size": 1000} | facts
        file = TrayFile(meeting_id=meeting.id, document_id=of.id, file_name=name, **values)
        session.add(file)
        session.flush()
        return file

    return laid


@pytest.fixture
def sort(installation):
    """Return what does the job that looks at a whole tray."""

    def done(meeting, user) -> None:
        order = {"meeting": str(meeting), "user": str(user)}
        tasks.sort(Run(installation=installation, job_id=new_id(), payload=order))

    return done


def sort_jobs(session):
    return session.scalars(select(Job).where(Job.kind == "agenda.sort")).all()


def names(page):
    return re.findall(r'data-name="([^"]+)"', page)


def test_a_new_file_costs_the_same_however_many_lie_there(
    session, items, drop, lay, small, looked_at
):
    for number in range(3 * SMALL):
        lay(f"scan{number:04}.pdf")
    file = drop("02 To trinh du toan ngan sach.pdf")
    assert looked_at == [SMALL + 1]
    assert (file.item_id, file.certainty) == (items[1].id, Certainty.SURE)
    drop("03 Ke hoach bao ve rung.pdf", text="Khác")
    assert looked_at == [SMALL + 1] * 2


def test_a_small_tray_is_looked_at_as_a_whole_at_once(session, items, drop, lay, small, looked_at):
    lay("scan0001.pdf")
    drop("scan0042.pdf")
    assert looked_at == [2]
    assert sort_jobs(session) == []


def test_one_job_looks_at_all_of_a_large_tray_when_it_has_grown_calm(
    session, world, items, drop, lay, small
):
    for number in range(SMALL):
        lay(f"scan{number:04}.pdf")
    drop("scan0042.pdf")
    drop("scan0043.pdf", text="Khác")
    (job,) = sort_jobs(session)
    assert job.due_at > clock.now()
    assert job.payload == {"meeting": str(world.planned_meeting.id), "user": str(world.clerk.id)}


def test_a_file_placed_by_hand_and_dropped_again_stays_there(
    session, world, items, drop, lay, small
):
    file = drop("02 To trinh du toan ngan sach.pdf")
    services.assign(session, file, items[2], by=world.clerk)
    for number in range(2 * SMALL):
        lay(f"scan{number:04}.pdf")
    assert drop("02 To trinh du toan ngan sach.pdf") == file
    assert file.item_id == items[2].id


def test_the_job_finds_items_by_what_was_read_meanwhile(session, world, items, lay, sort):
    file = lay("scan0042.pdf")
    file.document.title = "Kế hoạch bảo vệ rừng mùa khô"
    wanted, identity = items[2].id, file.id
    session.commit()
    sort(world.planned_meeting.id, world.clerk.id)
    assert session.get_one(TrayFile, identity, populate_existing=True).item_id == wanted


def test_the_job_does_nothing_for_one_who_may_no_longer_fill_the_tray(
    session, world, items, lay, sort
):
    identity = lay("03 Ke hoach bao ve rung.pdf").id
    meeting, clerk = world.planned_meeting.id, world.clerk.id
    session.execute(delete(RoleAssignment).where(RoleAssignment.user_id == clerk))
    session.commit()
    sort(meeting, clerk)
    sort(new_id(), clerk)
    assert session.get_one(TrayFile, identity, populate_existing=True).item_id is None


def test_the_worker_knows_the_job():
    assert tasks in TASKS


@pytest.fixture
def many(session, world, items, lay) -> str:
    """Return the address of a tray of sixty files, ten of which found their items."""
    for number in range(60):
        certainty = Certainty.SURE if number < 10 else Certainty.LOOK
        lay(f"{number:02}.pdf", certainty=certainty, by_hand=True)
    session.commit()
    return f"/meetings/{world.planned_meeting.id}/tray"


def test_a_large_tray_is_shown_in_pages_with_what_waits_first(sign_in, world, many):
    clerk = sign_in(world.clerk)
    first, second = clerk.get(many).text, clerk.get(f"{many}?page=2").text
    assert names(first) == [f"{number}.pdf" for number in range(10, 60)]
    assert names(second) == [f"0{number}.pdf" for number in range(10)]
    assert "Trang 1" in first
    assert f'href="{many}?page=2"' in first
    assert "60 tệp" in first


def test_a_clerk_looks_only_at_the_files_of_one_certainty(sign_in, world, many):
    clerk = sign_in(world.clerk)
    page = clerk.get(f"{many}?show=sure").text
    assert names(page) == [f"0{number}.pdf" for number in range(10)]
    assert f"{many}?show=look" in page
    assert len(names(clerk.get(f"{many}?show=nonsense&page=x").text)) == 50
    nothing = clerk.get(f"{many}?show=guess").text
    assert names(nothing) == []
    assert "60 tệp" in nothing


def test_who_moves_a_file_stays_on_the_page(session, sign_in, world, items, many):
    clerk = sign_in(world.clerk)
    file = session.scalars(select(TrayFile).where(TrayFile.file_name == "03.pdf")).one()
    sent = {"file": str(file.id), "item": str(items[0].id)}
    session.rollback()
    answer = clerk.submit(f"{many}/assign?show=sure&page=1", **sent)
    assert answer.location == f"{many}?show=sure&page=1"
    sent |= {"csrf_token": clerk.csrf_token()}
    answer = clerk.post(f"{many}/assign", data=sent, headers={"Accept": "application/json"})
    assert [file["file_name"] for file in answer.json["files"]] == ["03.pdf"]
    answer = clerk.submit(f"{many}/remove?page=2", file=sent["file"])
    assert answer.location == f"{many}?page=2"
