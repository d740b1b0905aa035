"""The register: runs per kind and term, filters, and gaps only for those who may know them."""

from datetime import date, timedelta

import pytest

from meetings import clock
from meetings.archive.register.queries import Filters, register_of
from meetings.documents.relations.queries import Validity
from meetings.documents.relations.services import relate
from meetings.models import (
    AccessLevel,
    BodyKind,
    Document,
    DocumentType,
    RelationKind,
    Role,
    Term,
)
from tests import factories

TERMS = (date(2020, 10, 16), date(2025, 9, 26))


def filed(session, body, symbol: str, day: date | None, **changes) -> Document:
    values = {"doc_type": DocumentType.RESOLUTION, "archived_at": clock.now()}
    return factories.document(session, body, symbol=symbol, issued_on=day, **values | changes)


@pytest.fixture
def filled(session, world) -> dict[str, Document]:
    """Two terms of resolutions with holes, a directive, a plan of the State, and noise."""
    world.office.symbol = "TU"
    session.add(world.office)
    factories.add(session, Term(body_id=world.office.id, starts_on=TERMS[0]))
    factories.add(session, Term(body_id=world.office.id, starts_on=TERMS[1]))
    state = factories.body(session, world.province, kind=BodyKind.STATE_BODY, symbol="UBND")
    made = {
        "first": filed(session, world.office, "01-NQ/TU", date(2021, 1, 5)),
        "third": filed(session, world.office, "03-NQ/TU", date(2021, 1, 18)),
        "sixth": filed(session, world.office, "06-NQ/TU", date(2022, 3, 1)),
        "new": filed(session, world.office, "01-NQ/TU", date(2025, 12, 5)),
        "directive": filed(
            session, world.office, "05-CT/TU", date(2026, 4, 10), doc_type=DocumentType.DIRECTIVE
        ),
        "plan": filed(session, state, "58/KH-UBND", date(2022, 3, 2), doc_type=DocumentType.PLAN),
        "undated": filed(session, world.office, "quyết nghị", None),
    }
    filed(session, world.office, "", date(2022, 1, 1), title="không số")
    filed(session, world.office, "9-BC/TU", date(2022, 1, 1), doc_type=DocumentType.REPORT)
    session.commit()
    return made


@pytest.fixture
def keeper(session, world):
    """A clerk who may read everything."""
    user = factories.user(session, (Role.CLERK, world.province), clearance=AccessLevel.RESTRICTED)
    session.commit()
    return user


def runs(session, by, **filters) -> dict[tuple, list[str]]:
    found = register_of(session, Filters(**filters), by=by)
    return {
        (run.mark, run.since or run.year): [line.document.symbol for line in run.lines]
        for run in found.runs
    }


def test_numbers_run_by_kind_and_term_and_the_states_by_year(session, world, filled):
    assert runs(session, world.researcher) == {
        ("NQ/TU", TERMS[0]): ["01-NQ/TU", "03-NQ/TU", "06-NQ/TU"],
        ("NQ/TU", TERMS[1]): ["01-NQ/TU"],
        ("CT/TU", TERMS[1]): ["05-CT/TU"],
        ("KH/UBND", 2022): ["58/KH-UBND"],
        ("quyết nghị", None): ["quyết nghị"],
    }
    assert runs(session, world.outsider) == {}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"doc_type": DocumentType.DIRECTIVE}, {"directive"}),
        ({"year": 2021}, {"first", "third"}),
        ({"validity": Validity.EXPIRED}, {"third"}),
        ({"validity": Validity.UNKNOWN}, {"undated"}),
        ({"year": 1999}, set()),
    ],
)
def test_it_narrows_down(session, world, filled, filters, expected):
    relate(session, filled["new"], filled["third"], RelationKind.REPLACES, by=world.clerk)
    found = register_of(session, Filters(**filters), by=world.clerk)
    shown = {line.document.id for run in found.runs for line in run.lines}
    assert shown == {filled[name].id for name in expected}
    assert found.total == len(expected)


def test_it_narrows_down_by_body_and_sorts_by_date(session, world, filled):
    plan = filled["plan"]
    assert list(runs(session, world.clerk, body=plan.body_id).values()) == [["58/KH-UBND"]]
    filled["third"].issued_on = TERMS[0] + timedelta(1)
    session.flush()
    by_date = runs(session, world.clerk, sort="date")
    assert by_date["NQ/TU", TERMS[0]] == ["03-NQ/TU", "01-NQ/TU", "06-NQ/TU"]


def gaps(session, by) -> list[str]:
    found = register_of(session, Filters(), by=by)
    return [gap for run in found.runs for gap in run.gaps]


def test_gaps_are_for_those_who_read_everything(session, world, filled, keeper):
    assert gaps(session, keeper) == ["02", "04–05"]
    for who in (world.clerk, world.researcher, world.delegate, world.administrator):
        assert gaps(session, who) == []


def test_a_gap_that_another_body_may_fill_is_not_told(session, world, filled):
    aside = factories.body(session, world.commune, symbol="TU")
    office = factories.user(session, (Role.CLERK, world.office), clearance=AccessLevel.RESTRICTED)
    assert gaps(session, office) == []
    aside.symbol = ""
    session.flush()
    assert gaps(session, office) == ["02", "04–05"]


def test_a_run_with_far_more_holes_than_documents_shows_none(session, world, filled, keeper):
    filed(session, world.office, "4192-NQ/TU", date(2022, 5, 1))
    assert gaps(session, keeper) == []


def test_the_page_shows_captions_filters_and_gaps(sign_in, world, filled, keeper):
    html = sign_in(keeper).get("/archive/register?type=resolution&sort=date&year=2021").text
    assert "nhiệm kỳ từ" in html
    assert "04–05" in html
    assert "58/KH-UBND" not in html
    assert "Số chưa có trong kho" not in sign_in(world.clerk).get("/archive/register").text
    assert "năm 2022" in sign_in(world.clerk).get("/archive/register").text


def test_nonsense_narrows_nothing_and_an_empty_register_says_so(sign_in, world, filled):
    client = sign_in(world.clerk)
    html = client.get("/archive/register?type=x&year=x&body=x&validity=x&sort=x").text
    assert "06-NQ/TU" in html
    assert "Không tìm thấy" in sign_in(world.outsider).get("/archive/register").text
