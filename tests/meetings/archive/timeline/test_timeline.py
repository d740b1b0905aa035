"""The picture: what became of a resolution, and nothing of what one may not read."""

import re
from datetime import date

import pytest

from meetings import clock
from meetings.archive.timeline import queries
from meetings.archive.timeline.queries import steps_of
from meetings.archive.timeline.views import draw
from meetings.documents.relations.services import relate
from meetings.models import Document, DocumentType, RelationKind
from tests import factories

LONG = "về đẩy mạnh cải cách hành chính trong toàn bộ hệ thống chính trị của tỉnh " * 4


def filed(session, world, symbol: str, day: date, **changes) -> Document:
    values = {"doc_type": DocumentType.RESOLUTION, "archived_at": clock.now(), "title": LONG}
    return factories.document(
        session, world.office, symbol=symbol, issued_on=day, **values | changes
    )


@pytest.fixture
def chain(session, world) -> dict[str, Document]:
    """A resolution, its plan, conclusion, review and successor; noise that only cites it."""
    made = {
        "resolution": filed(session, world, "03-NQ/TU", date(2021, 1, 18)),
        "plan": filed(session, world, "31-KH/VPTU", date(2024, 1, 16)),
        "conclusion": filed(session, world, "436-KL/TU", date(2023, 11, 24)),
        "review": filed(session, world, "246-BC/TU", date(2026, 5, 2)),
        "successor": filed(session, world, "08-NQ/TU", date(2026, 6, 12)),
        "noise": filed(session, world, "77-TB/TU", date(2025, 6, 12)),
    }
    factories.paper(session, world.item, made["review"])
    for source, kind, target in (
        ("conclusion", RelationKind.IMPLEMENTS, "resolution"),
        ("plan", RelationKind.IMPLEMENTS, "conclusion"),
        ("review", RelationKind.REVIEWS, "resolution"),
        ("successor", RelationKind.REPLACES, "resolution"),
        ("noise", RelationKind.CITES, "resolution"),
    ):
        relate(session, made[source], made[target], kind, by=world.clerk)
    session.commit()
    return made


def names(steps) -> list[str]:
    return [step.document.symbol for step in steps]


def test_everything_around_it_stands_in_the_order_of_time(session, world, chain):
    steps, more = steps_of(session, chain["resolution"], by=world.clerk)
    assert names(steps) == ["03-NQ/TU", "436-KL/TU", "31-KH/VPTU", "246-BC/TU", "08-NQ/TU"]
    assert [step.lane for step in steps] == [0, 2, 2, 3, 0]
    assert [step.asked for step in steps] == [True, False, False, False, False]
    assert [m.title for m in steps[3].meetings] == [world.meeting.title]
    assert not more
    others, _ = steps_of(session, chain["plan"], by=world.clerk)
    assert names(others) == names(steps), "from wherever one looks"


def test_what_one_may_not_read_is_not_there_nor_what_hangs_on_it(session, world, chain):
    chain["conclusion"].archived_at = None
    session.flush()
    steps, _ = steps_of(session, chain["resolution"], by=world.researcher)
    assert names(steps) == ["03-NQ/TU", "246-BC/TU", "08-NQ/TU"]
    assert [step.meetings for step in steps] == [(), (), ()]


def test_a_great_many_are_cut_short_and_it_says_so(session, world, chain, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)
    steps, more = steps_of(session, chain["resolution"], by=world.clerk)
    assert more
    assert len(steps) == 3
    assert "03-NQ/TU" in names(steps)


def test_the_picture_fits_its_rows_and_joins_only_what_it_shows(session, world, chain):
    picture = draw(steps_of(session, chain["resolution"], by=world.clerk)[0])
    assert len(picture.spots) == 5
    assert len(picture.curves) == 4
    assert all(len(spot.lines) == 2 for spot in picture.spots)
    assert all(0 < spot.y < picture.height for spot in picture.spots)
    assert len({spot.y for spot in picture.spots}) == 5


def test_the_page_has_picture_and_table_with_the_same_links(sign_in, world, chain):
    html = sign_in(world.clerk).get(f"/documents/{chain['plan'].id}/timeline").text
    svg, table = html.split('<svg class="timeline"')[1].split("</svg>", 1)
    link = re.compile(r'href="(/documents/[0-9a-f-]+/record)"')
    drawn = link.findall(svg)
    assert drawn == link.findall(table.split("<tbody")[1])
    assert len(drawn) == 5
    assert str(chain["noise"].id) not in html
    assert world.meeting.title in table


def test_a_document_alone_says_so(sign_in, world, chain):
    html = sign_in(world.clerk).get(f"/documents/{chain['noise'].id}/timeline").text
    assert 'class="timeline"' not in html
    assert "Chưa có văn bản nào tiếp theo" in html
