"""Hidden papers take no place in the list of those about the same, and changes count at once."""

import html
import re

import pytest

from meetings.archive.similar import queries
from meetings.models import AccessLevel, Document
from tests import factories

RAIL = "Đường sắt tốc độ cao; ga đường sắt; hạ tầng đường sắt qua địa bàn tỉnh."
TAG = "Đường sắt <img src=x onerror=alert(1)> & ga"


@pytest.fixture
def two(file, world) -> list[Document]:
    """A plan and a report about a railway, beside a paper about something else."""
    made = [
        file(world.office, RAIL * 2, title=title, symbol=symbol)
        for title, symbol in (("Kế hoạch đường sắt", "1-KH/TU"), (TAG, "2-BC/TU"))
    ]
    file(world.office, "Trồng rừng gỗ lớn; giao khoán rừng.", title="Kế hoạch trồng rừng")
    return made


@pytest.fixture
def near(installation):
    """Return the papers alike that a person is shown, by id, as their session sees them now."""

    def found(document, by):
        with installation.database.reading() as reading:
            row = reading.get_one(Document, document.id)
            alike = queries.alike(reading, installation, row, by=reading.merge(by, load=False))
            assert not alike.degraded
            return [one.document.id for one in alike.found]

    return found


def test_hidden_ones_take_no_place_of_those_that_are_shown(file, world, two, near, monkeypatch):
    monkeypatch.setattr(queries, "SHOWN", 1)
    plan, report = two
    for reason in ({"archived_at": None}, {"access_level": AccessLevel.RESTRICTED}):
        file(world.office, RAIL * 3, title="Kế hoạch đường sắt", **reason)
    file(world.commune, RAIL * 3, title="Kế hoạch đường sắt")
    assert near(plan, world.researcher) == [report.id]
    assert near(plan, world.clerk) != [report.id], "who reads them sees a nearer one"


def test_what_comes_after_the_first_question_is_found_at_once(file, world, two, near, session):
    plan, report = two
    assert near(plan, world.researcher) == [report.id]
    new = file(world.office, RAIL * 2, title="Tờ trình đường sắt")
    assert set(near(plan, world.researcher)) == {report.id, new.id}
    session.get_one(Document, report.id).access_level = AccessLevel.RESTRICTED
    session.commit()
    assert near(plan, world.researcher) == [new.id]
    session.get_one(Document, new.id).body_id = world.commune.id
    session.commit()
    assert near(plan, world.researcher) == []
    session.get_one(Document, report.id).access_level = AccessLevel.NORMAL
    session.commit()
    assert near(plan, world.researcher) == [report.id]


def test_each_person_is_shown_their_own(file, world, two, near, session):
    plan, report = two
    draft = file(world.office, RAIL * 2, title="Dự thảo đường sắt", archived_at=None)
    factories.paper(session, world.item, draft)
    factories.paper(session, world.item, session.merge(plan))
    session.commit()
    assert near(plan, world.researcher) == [report.id]
    assert near(plan, world.delegate) == [draft.id]
    assert set(near(plan, world.clerk)) == {report.id, draft.id}
    assert near(plan, world.outsider) == []


def test_a_paper_that_was_thrown_away_is_like_nothing(world, two, near, session):
    plan, report = two
    session.get_one(Document, report.id).discarded_at = plan.archived_at
    session.commit()
    assert near(plan, world.researcher) == []
    assert near(plan, world.clerk) == []


def test_tags_are_text_and_the_page_speaks_both_languages(sign_in, world, two):
    plan, report = two
    client = sign_in(world.researcher)
    said = {}
    for locale in ("vi", "en"):
        client.set_cookie("preferences", f"light.100.{locale}")
        said[locale] = client.get(f"/documents/{plan.id}/similar").text
        assert "<img src=x" not in said[locale]
        assert TAG in html.unescape(said[locale])
        assert f"/documents/{report.id}?page=1" in said[locale]
    heading = {re.search(r"<h1>(.*?)</h1>", one, re.DOTALL)[1] for one in said.values()}
    assert len(heading) == 2, "two languages, two headings"


def test_who_may_not_read_a_paper_is_not_told_what_it_is_like(client, sign_in, world, two):
    plan, _report = two
    for user in (world.outsider, world.administrator, world.delegate):
        assert sign_in(user).get(f"/documents/{plan.id}/similar").status_code == 404
    assert client.get(f"/documents/{plan.id}/similar").status_code in {302, 303}
