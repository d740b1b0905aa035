"""Changes to the organisation: what closes ends what hangs on it, and accounts hear of it."""

from datetime import date

import pytest
from sqlalchemy import select

from meetings.models import BodyKind, Event, Post, User
from meetings.organisation.keeping import services
from tests import factories

OPENED, CLOSED = date(2021, 3, 1), date(2025, 6, 30)


@pytest.fixture
def serving(session, world):
    """Return a maker of posts that the delegate holds in the commune."""

    def held(since: date = OPENED, until: date | None = None) -> Post:
        post = factories.post(session, world.delegate.person, world.commune, since=since)
        post.until = until
        session.flush()
        return post

    return held


def revision(session, user: User) -> int:
    session.flush()
    return user.revision


def test_a_new_body_stands_last_among_those_beside_it(session, world):
    facts = {"kind": BodyKind.CELL, "parent_id": world.commune.id}
    first = services.found_body(session, name="Chi bộ Một", **facts)
    second = services.found_body(session, name="Chi bộ Hai", **facts)
    elsewhere = services.found_body(session, name="Chi bộ Ba", **facts | {"parent_id": None})
    assert second.position == first.position + 1
    assert elsewhere.position == 1 + max(world.province.position, world.commune.position)


def test_where_a_body_closes_the_posts_in_it_end_on_that_day(session, world, serving):
    held, ended, later = serving(), serving(until=date(2023, 1, 1)), serving(since=date(2026, 1, 1))
    beside = factories.post(session, world.delegate.person, world.office, since=OPENED)
    services.change_body(session, world.commune, closed_on=CLOSED)
    assert (held.until, ended.until) == (CLOSED, date(2023, 1, 1))
    assert later.until == later.since, "it never ends before it began"
    assert beside.until is None


def test_a_body_that_stays_open_keeps_its_posts(session, world, serving):
    held = serving()
    services.change_body(session, world.commune, name="Đảng ủy xã Suối Ngần", closed_on=None)
    assert (world.commune.name, held.until) == ("Đảng ủy xã Suối Ngần", None)


@pytest.mark.parametrize("deed", ["given", "ended", "person changed", "body closed"])
def test_the_account_of_whom_it_concerns_hears_of_it_and_no_other(session, world, serving, deed):
    post = serving()
    before = revision(session, world.delegate), revision(session, world.outsider)
    person = world.delegate.person
    if deed == "given":
        services.give_post(
            session, person, world.office, title="Bí thư", since=OPENED, protocol_rank=1
        )
    elif deed == "ended":
        services.end_post(session, post, until=CLOSED)
    elif deed == "person changed":
        services.change_person(session, person, full_name="Lò Thị Mai")
    else:
        services.change_body(session, world.commune, closed_on=CLOSED)
    after = revision(session, world.delegate), revision(session, world.outsider)
    assert after == (before[0] + 1, before[1])
    assert session.scalars(select(Event).where(Event.topic.contains(str(person.id)))).all()


def test_a_person_without_an_account_may_hold_a_post(session, world):
    person = services.add_person(session, full_name="Lò Văn Ún", honorific="", protocol_rank=7)
    post = services.give_post(
        session, person, world.office, title="Chuyên viên", since=OPENED, protocol_rank=9
    )
    assert (post.person_id, post.until) == (person.id, None)
