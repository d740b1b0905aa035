"""Kept searches tell of new hits; what one opened is at hand; nobody sees another's."""

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.archive.own import services
from meetings.archive.own.queries import opened_by
from meetings.models import Document, SavedSearch
from tests import factories


def filed(session, world, title: str) -> Document:
    return factories.document(session, world.office, title=title, archived_at=clock.now())


@pytest.fixture
def two(session, world) -> list[Document]:
    made = [filed(session, world, title) for title in ("Kế hoạch đất đai", "Nghị quyết số hóa")]
    session.commit()
    return made


def keep(client, **fields):
    return client.submit("/archive/searches", **{"q": "", "type": "", "year": ""} | fields)


def saved(installation) -> list[SavedSearch]:
    with installation.database.reading() as reading:
        return list(reading.scalars(select(SavedSearch)))


def test_a_kept_search_tells_what_is_new_until_it_is_looked_at(
    installation, session, sign_in, world, two
):
    reader = sign_in(world.researcher)
    assert keep(reader).status_code == 303
    assert "mới</span>" not in reader.get("/archive/searches").text
    filed(session, world, "Báo cáo mới")
    filed(session, world, "Báo cáo mới nữa")
    session.commit()
    assert "2 mới" in reader.get("/archive/searches").text
    [search] = saved(installation)
    answer = reader.submit(f"/archive/searches/{search.id}/look")
    assert (answer.status_code, answer.location) == (303, "/archive")
    assert "2 mới" not in reader.get("/archive/searches").text


def test_what_one_may_not_read_is_no_new_hit(session, sign_in, world, two):
    outsider = sign_in(world.outsider)
    keep(outsider)
    filed(session, world, "Báo cáo mới")
    session.commit()
    assert "0 văn bản" in outsider.get("/archive/searches").text


def test_it_keeps_words_kind_and_year_once(installation, sign_in, world, two):
    reader = sign_in(world.researcher)
    for _ in range(2):
        keep(reader, q="  đất đai ", type="plan", year="2026")
    keep(reader, q="đất đai", type="nonsense", year="x")
    found = {(one.words, one.doc_type, one.year) for one in saved(installation)}
    assert found == {("đất đai", "plan", 2026), ("đất đai", None, None)}
    [first, _] = saved(installation)
    answer = reader.submit(f"/archive/searches/{first.id}/look")
    assert "type=plan" in answer.location
    assert "year=2026" in answer.location


def test_each_sees_and_drops_their_own(installation, sign_in, world, two):
    reader, other = sign_in(world.researcher), sign_in(world.delegate)
    keep(reader, q="chuyện riêng")
    [search] = saved(installation)
    assert "chuyện riêng" not in other.get("/archive/searches").text
    for part in ("look", "drop"):
        assert other.submit(f"/archive/searches/{search.id}/{part}").status_code == 404
    assert reader.submit(f"/archive/searches/{search.id}/drop").status_code == 303
    assert saved(installation) == []


def test_there_is_an_end_to_keeping(installation, sign_in, world, two, monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    reader = sign_in(world.researcher)
    keep(reader, q="một")
    keep(reader, q="hai")
    assert "rất nhiều tìm kiếm" in reader.get("/archive/searches").text
    assert [one.words for one in saved(installation)] == ["một"]


def test_what_was_opened_is_at_hand_while_it_may_be_read(
    installation, session, sign_in, world, two
):
    reader = sign_in(world.researcher)
    others = [filed(session, world, f"Văn bản {n}") for n in range(6)]
    session.commit()
    for document in (two[0], two[0], two[1], *others):
        assert reader.get(f"/documents/{document.id}").status_code == 200
    with installation.database.reading() as reading:
        recent, often = opened_by(reading, by=world.researcher)
        assert [one.title for one in recent] == [f"Văn bản {n}" for n in (5, 4, 3, 2, 1)]
        assert [one.id for one in often] == [two[0].id]
        assert opened_by(reading, by=world.delegate) == ([], [])
    assert "Kế hoạch đất đai" in reader.get("/archive").text
    installation.database.write(
        lambda writing: setattr(writing.get_one(Document, two[0].id), "archived_at", None)
    )
    with installation.database.reading() as reading:
        assert opened_by(reading, by=world.researcher)[1] == []
