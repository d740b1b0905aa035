"""The figures: counts over what one may read, drawn to scale, the same in the table."""

import re
from datetime import date

import pytest

from meetings import clock
from meetings.archive.statistics.queries import figures
from meetings.archive.statistics.views import LENGTH, draw
from meetings.intake.page_text import Source
from meetings.models import DocumentType, Issue, Reach, VersionState
from tests import factories


@pytest.fixture
def filled(session, installation, world) -> None:
    """Three documents of two years and kinds, one of them a scan; one that few may read."""
    keys, store = installation.keys, installation.store
    for kind, day in (
        (DocumentType.RESOLUTION, date(2021, 1, 18)),
        (DocumentType.RESOLUTION, date(2026, 6, 12)),
        (DocumentType.PLAN, None),
    ):
        document = factories.document(
            session, world.office, doc_type=kind, issued_on=day, archived_at=clock.now()
        )
        if kind is DocumentType.PLAN:
            version = factories.version(session, keys, store, document, b"%PDF")
            factories.page(session, version, source=Source.OCR)
    factories.document(session, world.office, issued_on=date(2021, 1, 18))
    session.commit()


def test_each_is_counted_once_by_each_of_its_facts(session, world, filled):
    found = figures(session, by=world.researcher)
    assert found.total == 3
    assert found.years == [(None, 1), (2021, 1), (2026, 1)]
    assert found.types == [(DocumentType.RESOLUTION, 2), (DocumentType.PLAN, 1)]
    assert found.bodies == [(world.office.name, 3)]
    assert found.states == [(None, 2), (VersionState.READY, 1)]
    assert found.sources == [(Source.OCR, 1)]


def test_what_one_may_not_read_is_in_no_figure(session, world, filled):
    assert figures(session, by=world.clerk).total == 4
    assert figures(session, by=world.outsider).total == 0


def test_a_document_that_goes_to_everybody_is_in_every_figure(session, world):
    """The joined body is the document's, not the one in which the reader serves."""
    document = factories.document(session, world.office)
    factories.add(session, Issue(document_id=document.id, reach=Reach.PARTY))
    factories.post(session, world.outsider.person, world.commune)
    found = figures(session, by=world.outsider)
    assert (found.total, found.bodies) == (1, [(world.office.name, 1)])


def test_bars_are_drawn_to_scale_and_long_words_are_cut():
    chart = draw("Theo cơ quan", "Cơ quan", [("Văn phòng " * 9, 100), ("Ban", 50), ("Sở", 0)])
    assert [bar.width for bar in chart.bars] == [LENGTH, LENGTH // 2, 2]
    assert chart.bars[0].short.endswith("…")
    assert len(chart.bars[0].short) <= 30
    assert chart.height > chart.bars[-1].y


@pytest.mark.parametrize(("newest", "first"), [(True, "8"), (False, "0")])
def test_of_very_many_rows_the_newest_or_the_first_are_drawn(newest, first):
    chart = draw("Theo năm", "Năm", [(str(n), n) for n in range(20)], newest=newest)
    assert chart.bars[0].label == first
    assert len(chart.bars) == 12
    assert len(chart.counts) == 20, "the table holds them all"


def test_nothing_is_drawn_of_nothing():
    assert draw("Trống", "Năm", []).bars == []


def test_picture_and_table_say_the_same(sign_in, world, filled):
    html = sign_in(world.researcher).get("/archive/statistics").text
    assert html.count('class="timeline chart"') == 5
    assert len(re.findall(r"<table", html)) == 5
    for said in ("Nghị quyết", "Không ghi ngày", "Nhận dạng từ bản quét", world.office.name):
        assert html.count(said) >= 2
    assert "Không tìm thấy" in sign_in(world.outsider).get("/archive/statistics").text
