"""What was looked for in vain: counted once enough people miss it, and nobody is named."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock, jobs
from meetings.archive.fruitless import services, tasks
from meetings.archive.fruitless.queries import KEPT, not_found
from meetings.archive.fruitless.services import BITS, LONGEST, PEOPLE
from meetings.models import AuditEntry, FruitlessSearch, new_id
from tests import factories


class Someone:
    """An account of which only the id is asked for."""

    def __init__(self, number: int) -> None:
        self.id = number


def different(count: int, words: str) -> list[Someone]:
    """Return people who set different bits for these words."""
    by_bit: dict[int, Someone] = {}
    digest = services.hashlib.sha256(words.encode()).hexdigest()
    for number in range(1000):
        by_bit.setdefault(services._bit(digest, Someone(number)), Someone(number))
    assert len(by_bit) == BITS
    return list(by_bit.values())[:count]


def rows(session) -> list[FruitlessSearch]:
    return list(session.scalars(select(FruitlessSearch)))


def test_words_can_be_read_when_the_third_person_types_them_and_not_before(session):
    first, second, third = different(PEOPLE, "cau pho lu")
    for who in (first, second, first, second, first):
        services.note(session, "Cầu Phố Lu", by=who)
    [row] = rows(session)
    assert (row.words, row.count) == ("", 5)
    assert not_found(session) == []
    services.note(session, "cau  phố-lu", by=third)
    assert not_found(session) == [("cau pho lu", 6)]


def test_one_person_alone_is_never_enough_however_often(session):
    for _ in range(50):
        services.note(session, "hồ sơ đồng chí A", by=Someone(7))
    assert [(row.words, row.count) for row in rows(session)] == [("", 50)]
    assert not_found(session) == []


def test_what_is_stored_of_a_person_is_shared_by_many():
    digest = services.hashlib.sha256(b"x").hexdigest()
    bits = [services._bit(digest, Someone(number)) for number in range(320)]
    shares = [bits.count(bit) for bit in range(BITS)]
    assert min(shares) > 5, "whoever sees a bit cannot tell which of them it was"
    other = services.hashlib.sha256(b"y").hexdigest()
    again = [services._bit(other, Someone(number)) for number in range(320)]
    assert bits != again, "a person has no bit of their own"


@pytest.mark.parametrize("text", ["", "  ", "?!", "từ " * (LONGEST + 1)])
def test_what_is_no_search_is_not_counted(session, text):
    services.note(session, text, by=Someone(1))
    assert rows(session) == []


def test_the_most_missed_come_first_and_the_old_are_gone(session, installation):
    for words, often in (("mot", 1), ("hai", 3), ("ba", 2)):
        for _ in range(often):
            for who in different(PEOPLE, words):
                services.note(session, words, by=who)
    assert [words for words, _ in not_found(session)] == ["hai", "ba", "mot"]
    old = session.scalars(select(FruitlessSearch).where(FruitlessSearch.words == "hai")).one()
    old.since = clock.today() - KEPT
    session.commit()
    assert [words for words, _ in not_found(session)] == ["ba", "mot"]
    session.rollback()
    tasks.forget(jobs.Run(installation, new_id(), {}))
    assert sorted(row.words for row in rows(session)) == ["ba", "mot"]


def test_a_day_before_the_end_nothing_is_forgotten(session, installation):
    services.note(session, "cầu", by=Someone(1))
    rows(session)[0].since = clock.today() - KEPT + timedelta(days=1)
    session.commit()
    tasks.forget(jobs.Run(installation, new_id(), {}))
    assert len(rows(session)) == 1


def test_no_flood_of_words_fills_the_table(session, monkeypatch):
    monkeypatch.setattr(services, "MOST", 3)
    for number in range(5):
        services.note(session, f"từ {number}", by=Someone(1))
    assert len(rows(session)) == 3
    services.note(session, "từ 0", by=Someone(1))
    assert sum(row.count for row in rows(session)) == 4


def tell(client, words: str) -> None:
    assert client.submit("/archive/not-found", q=words).status_code == 204


def test_an_empty_page_says_where_to_tell_and_only_what_is_true_is_counted(
    sign_in, world, file, session
):
    file(world.office, "Trồng rừng gỗ lớn", title="Kế hoạch trồng rừng")
    client = sign_in(world.researcher)
    for query, vain in (
        ("q=cầu+phố+lu", True),
        ("q=trồng+rừng+zzqx", True),  # only the nearest are shown
        ("q=trồng+rừng", False),
        ("q=zzqx&year=2024", False),
        ("q=zzqx+năm:2024", False),
        ("", False),
    ):
        page = client.get(f"/archive?{query}").get_data(as_text=True)
        assert ("data-vain" in page) is vain, query
    for words in ("trồng rừng", "zzqx năm:2024", "", "   "):
        tell(client, words)
    assert rows(session) == []
    session.rollback()
    tell(client, "cầu Phố Lu")
    [row] = rows(session)
    assert (row.words, row.count) == ("", 1)
    deeds = session.scalars(select(AuditEntry).where(AuditEntry.actor_id == world.researcher.id))
    assert [deed.action for deed in deeds if "search" in deed.action] == []


def test_clerks_see_what_is_missed_and_others_do_not(sign_in, session, world, app):
    for number in range(60):
        services.note(session, "<b>cầu</b>", by=Someone(number))
    session.commit()
    factories.document(session, world.office)
    session.commit()
    page = sign_in(world.clerk).get("/archive/statistics").get_data(as_text=True)
    assert "Đã tìm mà không có" in page
    assert "b cau b" in page
    for user in (world.researcher, world.delegate, world.administrator):
        page = sign_in(user).get("/archive/statistics").get_data(as_text=True)
        assert "b cau b" not in page
