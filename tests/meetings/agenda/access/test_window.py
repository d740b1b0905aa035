from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from meetings import clock, policy
from meetings.agenda.access import services, tasks
from meetings.documents.queries import current_version
from meetings.models import AgendaPaper, AuditEntry, Event, Job, JobState
from meetings.policy import Permission
from tests import papers
from tests.client import outline

OTHER = "Chương trình làm việc"
LATER = {"readable_from": "2099-03-01T08:00", "readable_until": "2099-03-01T17:00"}
READING = (Permission.DOCUMENT_READ, Permission.DOCUMENT_KEY, Permission.DOCUMENT_DOWNLOAD)


def fresh(installation, paper):
    with installation.database.reading() as session:
        return session.get_one(AgendaPaper, paper.id)


def shown(client, world):
    return client.get(f"/meetings/{world.meeting.id}").get_data(as_text=True)


def jobs_of(session):
    return session.scalars(select(Job).where(Job.kind == "agenda.window")).all()


def test_a_clerk_sets_the_window_on_vietnams_clock(installation, world, sign_in, paper):
    client = sign_in(world.clerk)
    answer = client.submit(f"/papers/{paper.id}/window", **LATER)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/prepare#item-{paper.item_id}")
    kept = fresh(installation, paper)
    assert kept.readable_from == datetime(2099, 3, 1, 8, tzinfo=clock.VIETNAM)
    assert kept.readable_until == datetime(2099, 3, 1, 17, tzinfo=clock.VIETNAM)
    html = client.get(f"/papers/{paper.id}/window").get_data(as_text=True)
    values = {field.get("name"): field.get("value") for field in outline(html).all("input")}
    assert LATER.items() <= values.items()
    with installation.database.reading() as session:
        lines = session.scalars(select(AuditEntry).where(AuditEntry.action == "paper:access"))
        assert [line.subject_id for line in lines] == [str(paper.id)]


def test_both_sides_of_the_window_may_stay_open(installation, world, sign_in, paper):
    client = sign_in(world.clerk)
    client.submit(f"/papers/{paper.id}/window", **LATER)
    nothing = dict.fromkeys(LATER, "")
    assert client.submit(f"/papers/{paper.id}/window", **nothing).status_code == 303
    kept = fresh(installation, paper)
    assert (kept.readable_from, kept.readable_until) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"readable_until": "2099-03-01T07:00"}, "phải sau giờ bắt đầu"),
        ({"readable_until": "2099-03-01T08:00"}, "phải sau giờ bắt đầu"),
        ({"readable_from": "", "readable_until": "2020-01-01T08:00"}, "đã qua"),
        ({"readable_from": "ngày mai"}, ""),
    ],
)
def test_a_window_that_cannot_be_is_refused_in_words(
    installation, world, sign_in, paper, wrong, said
):
    answer = sign_in(world.clerk).submit(f"/papers/{paper.id}/window", **LATER | wrong)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert fresh(installation, paper).readable_from is None


def test_only_the_office_sets_a_window(installation, world, sign_in, paper):
    for user in (world.delegate, world.researcher, world.administrator):
        answer = sign_in(user).submit(f"/papers/{paper.id}/window", **LATER)
        assert answer.status_code == 404
    assert fresh(installation, paper).readable_from is None


def test_a_paper_is_there_in_its_time_only_and_for_the_office_always(
    session, world, sign_in, paper, moment, hour
):
    services.set_window(session, paper, start=moment.time + hour, end=moment.time + 2 * hour)
    session.commit()
    title = paper.document.title
    seen = []
    for _ in range(3):
        seen.append(policy.allows(session, world.delegate, READING[0], paper.document))
        for permission in READING:
            answer = policy.allows(session, world.delegate, permission, paper.document)
            assert answer == seen[-1]
            assert policy.allows(session, world.clerk, permission, paper.document)
        listed = session.scalars(policy.readable_papers(world.delegate)).all()
        assert (paper in listed) == seen[-1]
        assert len(listed) == 1 + seen[-1]
        moment.pass_by(hours=1)
    session.commit()
    assert seen == [False, True, False]
    assert title not in shown(sign_in(world.delegate), world)


def test_every_address_of_the_reader_is_closed_before_the_time(
    session, world, sign_in, paper, hour
):
    services.set_window(session, paper, start=clock.now() + hour, end=None)
    session.commit()
    client = sign_in(world.delegate)
    closed = [f"/documents/{paper.document_id}{rest}" for rest in ("", "/key", "/original")]
    assert [client.get(address).status_code for address in closed] == [404] * 3
    for address in (f"/meetings/{world.meeting.id}", "/"):
        text = client.get(address).get_data(as_text=True)
        assert OTHER in text
        assert paper.document.title not in text


def test_the_archive_waits_for_the_time_too(session, world, paper, moment, hour):
    services.set_window(session, paper, start=moment.time + hour, end=None)
    session.commit()
    assert paper.document not in session.scalars(policy.readable_documents(world.researcher)).all()
    moment.pass_by(hours=1)
    assert paper.document in session.scalars(policy.readable_documents(world.researcher)).all()


def test_a_kept_agenda_is_old_at_each_turn_even_when_the_worker_is_late(
    session, world, sign_in, paper, moment
):
    minute = timedelta(minutes=1)
    services.set_window(session, paper, start=moment.time + minute, end=moment.time + 2 * minute)
    session.commit()
    client, address = sign_in(world.delegate), f"/meetings/{world.meeting.id}"
    for _ in range(2):
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
        moment.pass_by(minutes=1)
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_opening_is_told_at_its_moment_and_not_before(
    session, installation, world, paper, moment
):
    services.set_window(session, paper, start=moment.time + timedelta(minutes=1), end=None)
    session.commit()
    papers.work(installation)
    session.refresh(world.meeting)
    before = world.meeting.revision
    assert [job.state for job in jobs_of(session)] == [JobState.WAITING]
    session.rollback()
    moment.pass_by(minutes=1)
    papers.work(installation)
    session.refresh(world.meeting)
    assert world.meeting.revision == before + 1
    last = session.scalars(select(Event).order_by(Event.seq.desc()).limit(2)).all()
    assert {(event.kind, event.topic.partition(":")[0]) for event in last} == {
        ("release", "meeting"),
        ("release", "office"),
    }


def test_at_its_end_a_paper_is_recalled_with_its_key(session, installation, world, paper, moment):
    services.set_window(session, paper, start=None, end=moment.time + timedelta(minutes=1))
    session.commit()
    run = Run(installation, paper)
    session.rollback()
    moment.pass_by(minutes=1)
    tasks.turn(run)
    session.expire_all()
    assert paper.recalled_at == moment.time
    assert paper.document.archived_at is None
    assert current_version(session, paper.document).reading_key is None
    assert session.scalars(policy.readable_papers(world.delegate)).all() != []


class Run:
    def __init__(self, installation, paper):
        self.installation, self.payload = installation, {"paper": str(paper.id)}


@pytest.mark.parametrize("change", ["moved", "draft", "taken back"])
def test_an_old_moment_turns_nothing(session, installation, world, paper, moment, change):
    services.set_window(session, paper, start=None, end=moment.time + timedelta(minutes=1))
    if change == "moved":
        paper.readable_until = moment.time + timedelta(days=1)
    elif change == "draft":
        paper.released_at = None
    else:
        session.delete(paper)
    before, run = world.meeting.revision, Run(installation, paper)
    session.commit()
    moment.pass_by(minutes=1)
    tasks.turn(run)
    session.refresh(world.meeting)
    assert world.meeting.revision == before
    assert change == "taken back" or paper.recalled_at is None


def test_the_office_sees_the_window_where_it_prepares(session, world, sign_in, paper):
    start = datetime(2099, 3, 1, 8, tzinfo=clock.VIETNAM)
    services.set_window(session, paper, start=start, end=start + timedelta(hours=9))
    session.commit()
    text = sign_in(world.clerk).get(f"/meetings/{world.meeting.id}/prepare").get_data(as_text=True)
    assert "08:00 ngày 01/03/2099" in text
    assert "17:00 ngày 01/03/2099" in text
    assert f"/papers/{paper.id}/window" in text
