"""Forms 2, 3 and 4: who is counted on a day, as what, by whom, and what stays sealed."""

from datetime import date, timedelta

import pytest

from meetings import clock
from meetings.intake.office.rows import rows_of
from meetings.members.records import services as records
from meetings.members.records.queries import events_of
from meetings.members.records.services import Draft
from meetings.members.reports.structure import queries
from meetings.members.reports.structure.services import (
    Spoken,
    age_on,
    band_of,
    mean_age,
    side_of,
    tally,
)
from meetings.models import AuditEntry, EventKind, Role, Standing
from meetings.models.base import new_id
from tests import factories
from tests.meetings.members.conftest import admitted, official

END = date(2025, 12, 31)
SEALED = {"ethnicity": "Thái", "religion": "Không"}


def supplemented(on: date, **facts: str) -> Draft:
    return Draft(EventKind.SUPPLEMENTED, on, facts=facts)


@pytest.fixture
def kept(session, commune, enter):
    """Five members at the end of 2025, and others around them."""
    full = (admitted(), official())
    enter(*full, full_name="Lò Văn Một", general_education="12/12", theory="none", **SEALED)
    later = supplemented(date(2026, 3, 1), theory="advanced", ethnicity="Kinh", sex="male")
    enter(*full, later, full_name="Cà Thị Hai", theory="elementary", **SEALED)
    enter(*full, full_name="Vì Văn Ba", sex="male", ethnicity="thái", cell=commune.other_cell)
    enter(admitted(date(2025, 9, 9)), full_name="Tòng Thị Bốn", religion="Công giáo")
    left = Draft(
        EventKind.TRANSFERRED_OUT, date(2026, 2, 1), decision="1", facts={"elsewhere": "Huế"}
    )
    enter(*full, left, full_name="Vì Thị Năm", ethnicity="Mông", religion="Tin lành")
    gone = Draft(EventKind.DIED, date(2025, 12, 31))
    enter(*full, gone, full_name="Lường Văn Mất", ethnicity="Dao")
    enter(full_name="Quàng Văn Quần Chúng", ethnicity="Mảng")
    enter(*full, cell=factories.body(session), full_name="Người xã khác", ethnicity="Ê Đê")
    session.commit()
    return f"/bodies/{commune.commune.id}/members/structure"


def profiles(session, commune, day: date = END):
    return queries.profiles_on(session, commune.commune, day, by=commune.keeper)


def sensitive(session, commune, day: date = END):
    who = [one.member for one in profiles(session, commune, day)]
    whole = (session, commune.key, commune.commune, day, who)
    return queries.sensitive_on(*whole, by=commune.keeper)


def test_who_belonged_to_the_body_on_the_day_is_counted(session, commune, kept):
    assert len(profiles(session, commune)) == 5
    assert len(profiles(session, commune, clock.today())) == 4
    assert len(profiles(session, commune, END - timedelta(days=1))) == 6
    own = queries.profiles_on(session, commune.other_cell, END, by=commune.keeper)
    assert len(own) == 1


def test_a_fact_is_what_was_known_on_the_day(session, commune, kept):
    def theories(day: date):
        return sorted(one.facts.get("theory", "") for one in profiles(session, commune, day))

    assert theories(END) == ["", "", "", "elementary", "none"]
    assert theories(clock.today()) == ["", "", "advanced", "none"]


def test_sealed_facts_are_those_of_the_day_too(session, commune, kept):
    def peoples(day: date):
        return sorted(one.get("ethnicity", "") for one in sensitive(session, commune, day).values())

    assert peoples(END) == ["", "Mông", "Thái", "Thái", "thái"]
    assert peoples(clock.today()) == ["", "Kinh", "Thái", "thái"]


def test_a_correction_replaces_what_was_sealed_before(session, commune, enter):
    member = enter(admitted(), official(), ethnicity="Kinh")
    (first, *_rest) = events_of(session, member)
    facts = {**first.facts, "ethnicity": "Mường"}
    better = Draft(first.kind, first.happened_on, first.body_id, "9-QĐ/ĐU", facts)
    records.record(session, commune.key, member, better, by=commune.keeper, corrects=first)
    assert sensitive(session, commune)[member.id] == {"ethnicity": "Mường"}


def test_only_the_counted_sensitive_facts_leave_the_query(session, commune, enter):
    enter(admitted(), official(), **SEALED, family="Có hai con", citizen_id="014066000001")
    assert list(sensitive(session, commune).values()) == [SEALED]


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("1995-12-31", "30"),
        ("1995-12-30", "30"),
        ("1994-12-31", "40"),
        ("1965-12", "60"),
        ("1960", "61"),
        ("", "unknown"),
    ],
)
def test_a_band_counts_full_years_on_the_day(born: str, band: str):
    assert band_of(born, END) == band


def profile(**facts: str) -> queries.Profile:
    return queries.Profile(new_id(), Standing.FULL, facts)


def test_the_mean_age_is_of_those_whose_birth_is_known():
    ages = [profile(birth_date="1985-01-01"), profile(birth_date="1975"), profile()]
    assert mean_age(ages, END) == 45
    assert mean_age([profile()], END) is None
    assert age_on("2000-02-29", date(2025, 2, 28)) == 25


def test_a_tally_tells_women_and_the_probationary_apart():
    told = [profile(sex="female"), profile(sex="male"), profile()]
    told.append(queries.Profile(new_id(), Standing.PROBATIONARY, {"sex": "female"}))
    assert tally(told, lambda _one: "all") == {"all": (4, 2, 1)}
    assert tally([], lambda _one: "all") == {}


def test_names_spelled_in_several_ways_are_one_by_the_commonest():
    members = [profile() for _ in range(5)]
    spelled = ["Thái", "thái", "Thái", "KHÔNG", ""]
    told = {one.member: {"x": text} for one, text in zip(members, spelled, strict=True)}
    spoken = Spoken(told, "x")
    assert [spoken.of(one) for one in members] == ["Thái", "Thái", "Thái", "none", "unknown"]
    assert [side_of(text) for text in ("Kinh", "KINH", "Mông", "")] == [
        "majority",
        "majority",
        "minority",
        "unknown",
    ]


def test_each_form_is_a_page_with_pictures_and_no_name(sign_in, commune, kept):
    client = sign_in(commune.keeper)
    said = {2: "Trung học phổ thông", 3: "Tuổi bình quân", 4: "Công giáo"}
    for number, words in said.items():
        html = client.get(f"{kept}?form={number}&on={END}").get_data(as_text=True)
        assert words in html
        assert "5 đảng viên" in html
        assert not [name for name in ("Lò Văn Một", "Cà Thị Hai", "Người xã khác") if name in html]
    html = client.get(f"{kept}?form=4&on={END}").get_data(as_text=True)
    assert not [name for name in ("Dao<", "Mảng", "Ê Đê") if name in html]


def test_a_form_is_taken_along(sign_in, commune, kept, tmp_path):
    client = sign_in(commune.keeper)
    path = tmp_path / "form.xlsx"
    path.write_bytes(client.get(f"{kept}/file?form=4&on={END}&format=xlsx").data)
    rows = {row[0]: row[1:] for row in rows_of(path) if len(row) > 3}
    assert rows["Thái"] == ["3", "2", "0"]
    assert rows["Công giáo"] == ["1", "1", "1"]
    answer = client.get(f"{kept}/file?form=3&on={END}&format=docx")
    assert "bieu-3-dang-vien-31-12-2025.docx" in answer.headers["Content-Disposition"]
    assert client.get(f"{kept}/file?form=3&on=never&format=docx").status_code == 404
    assert client.get(f"{kept}/file?form=3&format=csv").status_code == 404


def test_a_day_that_cannot_be_is_told_and_no_form_is_the_first(sign_in, commune, kept):
    client = sign_in(commune.keeper)
    for day in ("never", "2999-01-01", "1900-01-01", ""):
        answer = client.get(f"{kept}?form=3&on={day}")
        assert (answer.status_code, "on-error" in answer.get_data(as_text=True)) == (200, True)
    assert "Trung học phổ thông" in client.get(f"{kept}?form=9").get_data(as_text=True)


def test_a_body_without_members_says_what_to_do(sign_in, commune):
    html = sign_in(commune.keeper).get(f"/bodies/{commune.cell.id}/members/structure?form=3")
    assert "Không có đảng viên vào ngày này" in html.get_data(as_text=True)


def test_the_keeper_of_the_whole_body_alone_has_these_forms(session, sign_in, world, commune, kept):
    of_a_cell = factories.user(session, (Role.RECORD_KEEPER, commune.other_cell))
    session.commit()
    own = f"/bodies/{commune.cell.id}/members/structure?form=2"
    for who in (commune.secretary, world.clerk, world.administrator, world.delegate):
        assert sign_in(who).get(own).status_code == 404
        assert sign_in(who).get(f"{kept}/file?format=xlsx").status_code == 404
    assert sign_in(of_a_cell).get(kept).status_code == 404
    part = f"/bodies/{commune.other_cell.id}/members/structure?form=4"
    assert sign_in(of_a_cell).get(part).status_code == 200
    page = sign_in(commune.secretary).get(f"/bodies/{commune.cell.id}/members/movements")
    assert "structure" not in page.get_data(as_text=True)


def test_that_a_form_was_made_stands_in_the_ledger_with_its_day(
    sign_in, installation, commune, kept
):
    sign_in(commune.keeper).get(f"{kept}?form=4&on={END}")
    with installation.database.reading() as reading:
        (line,) = reading.query(AuditEntry).filter(AuditEntry.action == "member:report").all()
    assert (line.actor_id, line.subject_id) == (commune.keeper.id, str(commune.commune.id))
    assert line.detail == {"form": "4", "day": "2025-12-31"}
