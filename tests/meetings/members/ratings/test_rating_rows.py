"""What a row of ratings says, what is wrong with it, and for which time it stands."""

from datetime import date

import pytest

from meetings import clock
from meetings.members.life.rating import FRAMES, Cap, CapBase
from meetings.members.ratings import queries, services
from meetings.members.ratings.forms import LONGEST
from meetings.members.ratings.services import Given
from meetings.members.records import services as records
from meetings.members.records.queries import events_of
from meetings.members.records.services import Draft, Impossible
from meetings.models import EventKind
from tests.client import outline
from tests.meetings.members.conftest import admitted, official

FULL = (admitted(), official())
TODAY = clock.today()


def rated(period: str, rating: str = "good", points: str = "", on: date = TODAY) -> Draft:
    facts = {"period": period, "rating": rating, "points": points}
    return Draft(EventKind.RATED, on, facts=facts)


def ratings(session, commune, period: str) -> dict[str, str]:
    found = queries.ratings_of(session, commune.cell, period, by=commune.keeper)
    return {one.member.full_name: one.rating for one in found}


@pytest.mark.parametrize(
    ("kept", "asked", "found"),
    [
        ("2025", "2025", True),
        ("quý IV/2025", "Quý IV/2025", True),
        ("Quy IV/2025", "quý IV/2025", True),
        ("nhiệm kỳ 2020-2025", "Nhiệm kỳ  2020-2025", True),
        ("quý III/2025", "quý IV/2025", False),
        ("2025", "quý IV/2025", False),
        ("2025", "2024", False),
    ],
)
def test_a_time_is_the_same_however_it_is_typed(session, commune, enter, kept, asked, found):
    enter(*FULL, rated(kept), full_name="Lò Văn Xếp")
    assert ratings(session, commune, asked) == {"Lò Văn Xếp": "good" if found else ""}


def test_a_corrected_rating_counts_as_it_stands(session, commune, enter):
    member = enter(*FULL, rated("2025", "excellent", "95"), full_name="Lò Văn Sửa")
    wrong = events_of(session, member)[-1]
    right = rated("2025", "fulfilled", "60")
    records.record(session, commune.key, member, right, by=commune.keeper, corrects=wrong)
    found = queries.ratings_of(session, commune.cell, "2025", by=commune.keeper)
    assert [(one.rating, one.points) for one in found] == [("fulfilled", "60")]


def test_a_rating_corrected_to_another_time_leaves_the_first(session, commune, enter):
    member = enter(*FULL, rated("2025"), full_name="Lò Văn Nhầm")
    wrong = events_of(session, member)[-1]
    records.record(session, commune.key, member, rated("2024"), by=commune.keeper, corrects=wrong)
    assert ratings(session, commune, "2025") == {"Lò Văn Nhầm": ""}
    assert ratings(session, commune, "2024") == {"Lò Văn Nhầm": "good"}


def test_only_who_is_in_the_body_now_is_rated(session, commune, enter):
    enter(*FULL, full_name="Lò Văn Ở")
    enter(*FULL, Draft(EventKind.DIED, TODAY), full_name="Cà Văn Mất")
    enter(*FULL, cell=commune.other_cell, full_name="Vì Văn Bên")
    enter(full_name="Người xin vào Đảng")
    assert list(ratings(session, commune, "2025")) == ["Lò Văn Ở"]


def test_names_stand_in_the_order_of_the_alphabet(session, commune, enter):
    for name in ("Vì Văn Bình", "Lò Thị Ánh", "Cà Văn An", "Đèo Văn Đức"):
        enter(*FULL, full_name=name)
    assert list(ratings(session, commune, "2025")) == [
        "Cà Văn An",
        "Lò Thị Ánh",
        "Vì Văn Bình",
        "Đèo Văn Đức",
    ]


def test_ratings_are_recorded_for_each_member_that_is_given_one(session, commune, enter):
    members = [enter(*FULL, full_name=f"Lò Văn {name}") for name in "AB"]
    given = [Given(members[0], "excellent", 95), Given(members[1], "good", None)]
    count = services.rate(session, commune.key, given, period="2026", on=TODAY, by=commune.keeper)
    assert count == 2
    assert ratings(session, commune, "2026") == {"Lò Văn A": "excellent", "Lò Văn B": "good"}
    last = events_of(session, members[1])[-1]
    assert last.facts == {"period": "2026", "rating": "good"}
    assert (last.happened_on, last.recorded_by) == (TODAY, commune.keeper.id)


def test_nobody_is_rated_who_is_not_in_the_party(session, commune, enter):
    given = [Given(enter(full_name="Người xin vào Đảng"), "good", None)]
    with pytest.raises(Impossible):
        services.rate(session, commune.key, given, period="2026", on=TODAY, by=commune.keeper)


@pytest.mark.parametrize(
    ("excellent", "good", "fulfilled", "share", "base", "holds"),
    [
        (1, 4, 0, 20, CapBase.GOOD, True),
        (1, 3, 9, 20, CapBase.GOOD, False),
        (1, 3, 1, 20, CapBase.RATED, True),
        (2, 8, 0, 20, CapBase.GOOD, True),
        (3, 8, 0, 20, CapBase.GOOD, False),
        (3, 8, 4, 20, CapBase.RATED, True),
        (1, 9, 0, 0, CapBase.GOOD, False),
        (0, 0, 0, 0, CapBase.GOOD, True),
        (5, 0, 0, 100, CapBase.GOOD, True),
    ],
)
def test_the_cap_holds_up_to_its_share_and_not_one_further(
    excellent, good, fulfilled, share, base, holds
):
    counts = {"excellent": excellent, "good": good, "fulfilled": fulfilled}
    assert Cap(share, base).holds(counts) == holds


def page(sign_in, commune, period: str = "2026") -> str:
    address = f"/bodies/{commune.cell.id}/members/ratings"
    return (
        sign_in(commune.keeper).get(address, query_string={"period": period}).get_data(as_text=True)
    )


def test_the_page_has_a_choice_and_a_number_for_who_is_not_rated(session, sign_in, commune, enter):
    enter(*FULL, rated("2026", "excellent", "91"), full_name="Lò Văn Có")
    waiting = enter(*FULL, full_name="Cà Văn Chưa")
    session.commit()
    html = outline(page(sign_in, commune))
    choices = [e["name"] for e in html.all("select")]
    assert choices == [f"rating-{waiting.id}"]
    numbers = [e["name"] for e in html.all("input") if e.get("name", "").startswith("points-")]
    assert numbers == [f"points-{waiting.id}"]


def test_the_page_quotes_the_frames_and_the_cap(session, sign_in, commune, enter):
    for number in range(5):
        enter(*FULL, rated("2026"), full_name=f"Lò Văn {number}")
    session.commit()
    html = page(sign_in, commune)
    assert "không quá 20 %" in html
    assert "tối đa 1 đồng chí" in html
    for lowest, highest in FRAMES.values():
        assert f"từ {lowest} đến {highest} điểm" in html


def test_a_time_of_ones_own_is_kept_as_it_was_typed(session, sign_in, commune, enter):
    enter(*FULL, full_name="Lò Văn Đợt")
    session.commit()
    html = page(sign_in, commune, "  Nhiệm kỳ   2020-2025 ")
    assert "Nhiệm kỳ 2020-2025" in html
    long = page(sign_in, commune, "x" * 500)
    assert f'value="{"x" * LONGEST}"' in long
    assert "&lt;b&gt;" in page(sign_in, commune, "<b>")


def test_the_register_of_a_cell_leads_to_its_ratings(session, sign_in, commune, enter):
    enter(*FULL)
    session.commit()
    at = f"/bodies/{commune.cell.id}/members"
    keeper = sign_in(commune.keeper).get(at).get_data(as_text=True)
    assert f"{at}/ratings" in keeper
    assert f"{at}/ratings" not in sign_in(commune.secretary).get(at).get_data(as_text=True)


@pytest.mark.parametrize(("points", "status"), [("100", 303), ("0", 303), ("101", 422), ("x", 422)])
def test_points_are_asked_for_on_the_record_of_one_member_too(
    session, sign_in, commune, enter, points, status
):
    member = enter(*FULL)
    session.commit()
    answer = sign_in(commune.keeper).submit(
        f"/members/{member.id}/events/new?kind=rated",
        on=f"{TODAY}",
        period="2026",
        rating="good",
        points=points,
    )
    assert answer.status_code == status
