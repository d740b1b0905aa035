"""What is known about the organisation, in protocol order."""

from datetime import timedelta

import pytest

from meetings import clock
from meetings.organisation import queries
from tests import factories

DAY = timedelta(days=1)


@pytest.fixture
def body(session, world):
    return world.office


def names(branches):
    return [(branch.body.name, names(branch.below)) for branch in branches]


def test_the_tree_nests_bodies_by_position_then_by_vietnamese_name(session, world):
    first = factories.body(session, world.commune, name="Chi bộ Đồi Chè", position=1)
    factories.body(session, world.commune, name="Chi bộ Ao Sen", position=2)
    factories.body(session, first, name="Tổ đảng Ẩn")
    factories.body(session, first, name="Tổ đảng An")
    found = dict(names(queries.tree(session, by=world.delegate)))
    assert found["Đảng ủy xã Suối Ngân"] == [
        ("Chi bộ Đồi Chè", [("Tổ đảng An", []), ("Tổ đảng Ẩn", [])]),
        ("Chi bộ Ao Sen", []),
    ]
    assert found["Tỉnh ủy Lam Khê"] == [("Văn phòng Tỉnh ủy", [])]


def test_the_tree_of_an_account_that_was_closed_is_empty(session, world):
    world.delegate.active = False
    assert queries.tree(session, by=world.delegate) == []


def test_those_who_serve_are_in_protocol_order_then_by_rank_and_given_name(session, body, world):
    people = {
        name: factories.person(session, full_name=name, protocol_rank=rank)
        for name, rank in [("Lê Yên", 1), ("Lê Bình", 2), ("Lê Ánh", 2), ("Lê Châu", 3)]
    }
    for name, rank in [("Lê Bình", 5), ("Lê Yên", 5), ("Lê Ánh", 5), ("Lê Châu", 1)]:
        factories.post(session, people[name], body, protocol_rank=rank)
    factories.post(session, factories.person(session), world.commune)
    found = [post.person.full_name for post in queries.posts_in(session, body)]
    assert found == ["Lê Châu", "Lê Yên", "Lê Ánh", "Lê Bình"]


@pytest.mark.parametrize(
    ("since", "until", "serves"),
    [
        (-9 * DAY, None, True),
        (0 * DAY, None, True),
        (1 * DAY, None, False),
        (-9 * DAY, 0 * DAY, True),
        (-9 * DAY, -1 * DAY, False),
    ],
)
def test_a_post_counts_from_its_first_to_its_last_day(session, body, since, until, serves):
    today = clock.today()
    person = factories.person(session, full_name="Lê Văn Ngày")
    end = None if until is None else today + until
    post = factories.post(session, person, body, since=today + since, until=end)
    assert queries.posts_in(session, body) == ([post] if serves else [])


def test_people_are_listed_in_protocol_order_with_the_posts_they_hold_today(session, world):
    chief = factories.person(session, full_name="Vũ Yên", protocol_rank=1)
    deputy = factories.person(session, full_name="Vũ An", protocol_rank=2)
    second = factories.post(session, chief, world.office, title="Ủy viên", protocol_rank=9)
    first = factories.post(session, chief, world.province, title="Bí thư", protocol_rank=1)
    factories.post(session, chief, world.commune, title="Cũ", until=clock.today() - DAY)
    listed = queries.people(session, by=world.delegate)
    assert [one.person for one in listed[:2]] == [chief, deputy]
    assert [list(one.posts) for one in listed[:2]] == [[first, second], []]
    assert world.clerk.person in [one.person for one in listed[2:]]


@pytest.mark.parametrize("words", ["duc", "Đức", "bi thu", "van phong"])
def test_words_find_names_posts_and_bodies_with_or_without_accents(session, world, words):
    person = factories.person(session, full_name="Đỗ Minh Đức")
    factories.post(session, person, world.office, title="Bí thư")
    noise = factories.person(session, full_name="Hà Thu")
    factories.post(session, noise, world.commune, title="Chủ tịch")
    found = [one.person for one in queries.people(session, by=world.delegate, words=words)]
    assert found == [person]


def test_words_that_nobody_has_find_nobody(session, world):
    assert queries.people(session, by=world.delegate, words="zzz") == []
