"""Kept searches tell of new hits; what one opened is at hand; nobody sees another's."""

import re
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.archive.own import services
from meetings.archive.own.queries import opened_by
from meetings.models import Document, SavedSearch
from search_index import SearchIndexError
from tests import factories


def filed(session, world, title: str) -> Document:
    return factories.document(session, world.office, title=title, archived_at=clock.now())


@pytest.fixture
def two(session, world) -> list[Document]:
    made = [filed(session, world, title) for title in ("Kế hoạch đất đai", "Nghị quyết số hóa")]
    session.commit()
    return made


def keep(client, name="Việc của tôi", **asked):
    return client.submit(f"/archive/searches/new?{urlencode(asked)}", name=name)


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


def test_new_hits_are_named_and_others_that_went_do_not_hide_them(
    session, installation, sign_in, world, two
):
    reader = sign_in(world.researcher)
    keep(reader)
    filed(session, world, "Báo cáo mới")
    session.get_one(Document, two[0].id).archived_at = None
    session.commit()
    page = reader.get("/archive/searches").text
    assert "1 mới" in page
    assert "Báo cáo mới" in page
    assert "2 văn bản" in page
    assert "1 mới" in reader.get("/archive").text, "the archive tells of it where nothing is asked"
    assert "1 mới" not in reader.get("/archive?q=x").text
    [search] = saved(installation)
    reader.submit(f"/archive/searches/{search.id}/look")
    assert "1 mới" not in reader.get("/archive").text


def test_of_very_many_hits_only_the_number_is_known(
    session, installation, sign_in, world, two, monkeypatch
):
    monkeypatch.setattr(services, "MARKED", 1)
    reader = sign_in(world.researcher)
    keep(reader)
    assert saved(installation)[0].known is None
    filed(session, world, "Báo cáo mới")
    session.commit()
    assert "1 mới" in reader.get("/archive/searches").text


def test_it_keeps_all_that_was_asked_once_under_a_name(installation, sign_in, world, two):
    reader = sign_in(world.researcher)
    asked = {"q": "đất đai", "type": "plan", "year": "2026", "signer": "Giàng A Páo"}
    page = reader.get(f"/archive?{urlencode(asked)}").text
    assert "/archive/searches/new?" in page
    offered = reader.get(f"/archive/searches/new?{urlencode(asked)}").text
    assert 'value="đất đai · Tên loại văn bản: Kế hoạch' in offered
    for name in ("Đất", "Đất đai của tôi"):
        keep(reader, name, **asked)
    assert keep(reader, "", q="đất").status_code == 422
    keep(reader, q="đất đai", type="nonsense", year="x")
    found = {one.words + one.name: one.chosen for one in saved(installation)}
    chosen = {name: value for name, value in asked.items() if name != "q"}
    assert found == {"đất đaiĐất đai của tôi": chosen, "đất đaiViệc của tôi": {}}
    first = next(one for one in saved(installation) if one.chosen)
    answer = reader.submit(f"/archive/searches/{first.id}/look")
    assert {"type=plan", "year=2026"} <= set(re.split("[?&]", answer.location))


def test_a_name_is_changed_and_what_was_dropped_is_brought_back(installation, sign_in, world, two):
    reader = sign_in(world.researcher)
    for word in ("một", "hai"):
        keep(reader, word, q=word)
    second, first = sorted(saved(installation), key=lambda one: one.words)[::-1]
    assert (first.words, second.words) == ("hai", "một")
    at = f"/archive/searches/{first.id}"
    assert reader.submit(f"{at}/name", name="Tên khác").status_code == 303
    assert reader.submit(f"{at}/name", name=" ").status_code == 422
    reader.submit(f"{at}/drop")
    page = reader.get("/archive/searches").text
    assert "Đã bỏ" in page
    assert f"{at}/look" not in page
    reader.submit(f"{at}/bring-back")
    page = reader.get("/archive/searches").text
    assert "Đã bỏ" not in page
    assert "Tên khác" in page
    for one in (first, second):
        reader.submit(f"/archive/searches/{one.id}/drop")
    assert [one.words for one in saved(installation)] == ["một"], "only the last is at hand"


def test_each_sees_and_drops_their_own(installation, sign_in, world, two):
    reader, other = sign_in(world.researcher), sign_in(world.delegate)
    keep(reader, q="chuyện riêng")
    [search] = saved(installation)
    reader.submit(f"/archive/searches/{search.id}/drop")
    for page in ("/archive/searches", "/archive"):
        assert "chuyện riêng" not in other.get(page).text
    for part in ("look", "drop", "name", "bring-back"):
        assert other.submit(f"/archive/searches/{search.id}/{part}").status_code == 404
    assert other.get(f"/archive/searches/{search.id}/name").status_code == 404


def test_there_is_an_end_to_keeping(installation, sign_in, world, two, monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    reader = sign_in(world.researcher)
    keep(reader, q="một")
    keep(reader, q="hai")
    assert "rất nhiều tìm kiếm" in reader.get("/archive/searches").text
    [first] = saved(installation)
    assert first.words == "một"
    reader.submit(f"/archive/searches/{first.id}/drop")
    keep(reader, q="hai")
    reader.submit(f"/archive/searches/{first.id}/bring-back")
    assert "rất nhiều tìm kiếm" in reader.get("/archive/searches").text
    assert [one.words for one in saved(installation) if not one.dropped_at] == ["hai"]


def test_while_the_index_is_of_no_help_nothing_counts_as_new_or_seen(
    installation, session, sign_in, world, two, monkeypatch
):
    class Damaged:
        def search(self, *_arguments: object, **_more: object) -> None:
            raise SearchIndexError

    reader = sign_in(world.researcher)
    keep(reader, q="báo cáo")
    before = saved(installation)[0].known
    monkeypatch.setitem(vars(installation), "index", Damaged())
    filed(session, world, "Báo cáo mới")
    session.commit()
    page = reader.get("/archive/searches").text
    assert "mới</span>" not in page
    reader.submit(f"/archive/searches/{saved(installation)[0].id}/look")
    assert saved(installation)[0].known == before


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
