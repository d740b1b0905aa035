"""The ratings of a cell are recorded together, and never more excellent ones than may be."""

from datetime import date

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.members.ratings import queries
from meetings.members.ratings.forms import periods
from meetings.members.records.services import Draft
from meetings.models import AuditEntry, EventKind, Member, MemberEvent
from tests import factories
from tests.meetings.members.conftest import admitted, official

PERIOD = "2025"
FULL = (admitted(), official())


@pytest.fixture
def cell(session, commune, enter):
    """Ten members of a cell, one of them rated already; one of the cell beside."""
    rated = {"period": PERIOD, "rating": "good", "points": "80"}
    before = {"period": "2024", "rating": "excellent"}
    enter(*FULL, Draft(EventKind.RATED, clock.today(), facts=rated), full_name="Lò Văn Có")
    old = Draft(EventKind.RATED, date(2024, 12, 30), facts=before)
    members = [enter(*FULL, old, full_name=f"Cà Văn {name}") for name in "ABCDEFGHI"]
    enter(*FULL, cell=commune.other_cell, full_name="Vì Văn Bên")
    session.commit()
    return [member.id for member in members]


@pytest.fixture
def at(commune):
    return f"/bodies/{commune.cell.id}/members/ratings?period={PERIOD}"


def typed(cell, *ratings: str, **points: str) -> dict[str, str]:
    told = {f"rating-{one}": rating for one, rating in zip(cell, ratings, strict=False)}
    return told | {f"points-{cell[int(place[1:])]}": text for place, text in points.items()}


def recorded(session) -> list[str]:
    kept = select(MemberEvent).where(MemberEvent.kind == EventKind.RATED)
    found = [one.facts for one in session.scalars(kept) if one.facts["period"] == PERIOD]
    session.commit()
    return sorted(one["rating"] for one in found)


def test_ratings_are_recorded_together_and_stand_on_the_page(session, sign_in, commune, cell, at):
    client = sign_in(commune.keeper)
    html = client.get(at).get_data(as_text=True)
    assert ["Lò Văn Có" in html, "Vì Văn Bên" in html] == [True, False]
    given = typed(cell, "excellent", "good", "good", "good", "fulfilled", p0="95", p4="60")
    assert client.submit(at, **given).status_code == 303
    assert recorded(session) == ["excellent", "fulfilled", "good", "good", "good", "good"]
    rated = queries.ratings_of(session, commune.cell, PERIOD, by=commune.keeper)
    assert dict(queries.counts(rated)) == {"excellent": 1, "good": 4, "fulfilled": 1}
    assert {one.points for one in rated} == {"95", "60", "80", ""}


def test_more_excellent_ones_than_may_be_are_told_and_nothing_is_recorded(
    session, sign_in, commune, cell, at
):
    given = typed(cell, "excellent", "excellent", "good", "good", "fulfilled")
    answer = sign_in(commune.keeper).submit(at, **given)
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert "xếp loại xuất sắc 2 đồng chí, tối đa được 1" in html
    assert html.count("selected") >= 5, "what was typed stays"
    assert recorded(session) == ["good"]


@pytest.mark.parametrize(
    ("rating", "points", "said"),
    [
        ("good", "95", "từ 70 đến 89 điểm"),
        ("good", "101", "từ 0 đến 100"),
        ("good", "-5", "từ 0 đến 100"),
        ("good", "²", "từ 0 đến 100"),
        ("", "80", "chọn mức xếp loại"),
        ("splendid", "", "chọn lại"),
    ],
)
def test_points_that_do_not_fit_are_told_at_their_row(
    session, sign_in, commune, cell, at, rating, points, said
):
    answer = sign_in(commune.keeper).submit(at, **typed(cell, rating, "good", p0=points))
    assert (answer.status_code, said in answer.get_data(as_text=True)) == (422, True)
    assert recorded(session) == ["good"]


def test_who_is_rated_already_is_not_rated_again(session, sign_in, commune, cell, at):
    rated = queries.ratings_of(session, commune.cell, PERIOD, by=commune.keeper)
    [known] = [one.member.id for one in rated if one.rating]
    session.commit()
    answer = sign_in(commune.keeper).submit(at, **{f"rating-{known}": "fulfilled"})
    assert answer.status_code == 422
    assert "ít nhất một đảng viên" in answer.get_data(as_text=True)
    assert recorded(session) == ["good"]


def test_nobody_but_the_keeper_rates(session, sign_in, world, commune, cell, at):
    for who in (commune.secretary, world.clerk, world.administrator, world.delegate):
        client = sign_in(who)
        assert client.get(at).status_code == 404
        assert client.submit(at, **typed(cell, "good")).status_code == 404
    other = factories.user(session)
    session.commit()
    assert sign_in(other).get(at).status_code == 404
    assert recorded(session) == ["good"]


def test_a_body_without_members_of_its_own_says_where_they_are(sign_in, commune, cell):
    html = sign_in(commune.keeper).get(f"/bodies/{commune.commune.id}/members/ratings")
    assert "xếp loại tại chi bộ" in html.get_data(as_text=True)


def test_a_rating_leaves_a_line(sign_in, installation, commune, cell, at):
    sign_in(commune.keeper).submit(at, **typed(cell, "good"))
    with installation.database.reading() as reading:
        lines = reading.query(AuditEntry).filter(AuditEntry.action == "member:rate").all()
    assert [line.subject_id for line in lines] == [str(commune.cell.id)]


def test_the_year_and_its_quarters_so_far_are_offered():
    assert periods(date(2026, 8, 1)) == ["2026", "quý III/2026", "quý II/2026", "quý I/2026"]
    assert periods(date(2026, 1, 1)) == ["2026", "quý I/2026"]


def test_who_is_on_the_way_to_another_body_is_not_rated_meanwhile(
    session, sign_in, commune, cell, at
):
    travelling = session.get(Member, cell[1])
    factories.custody(session, travelling, commune.other_cell, commune.keeper)
    session.commit()
    client = sign_in(commune.keeper)
    answer = client.submit(at, **typed(cell, "good", "good"))
    assert answer.status_code == 422
    assert "Hồ sơ đang được chuyển" in answer.get_data(as_text=True)
    assert recorded(session) == ["good"]
    assert client.submit(at, **typed(cell, "good")).status_code == 303
    assert recorded(session) == ["good", "good"]
