"""Every table of a form counts the same members, each once, and cells come to the whole."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from meetings import clock
from meetings.members.records import services as records
from meetings.members.records.queries import events_of
from meetings.members.records.services import Draft
from meetings.members.reports.structure import forms, queries
from meetings.members.reports.structure.services import band_of, side_of
from meetings.members.reports.structure.views import PARTS
from meetings.models import AuditEntry, EventKind
from tests import factories
from tests.client import outline
from tests.meetings.members.conftest import admitted, official

TODAY = clock.today()
FULL = (admitted(), official())
K = EventKind
PEOPLES = ("Thái", "Kinh", "Mông", "", "thái", "Mường")
RELIGIONS = ("Không", "Công giáo", "", "không", "Tin lành", "Phật giáo")
SCHOOLS = ("12/12", "9/12", "", "10/10", "5/10", "THPT")
TRAININGS = ("Đại học Luật", "", "Trung cấp Nông lâm", "Thạc sĩ", "Lái xe", "Cao đẳng Y tế")
THEORIES = ("none", "elementary", "intermediate", "advanced", "bachelor", "")
BIRTHS = ("1999-02-03", "1990", "1981-05", "1970-09-02", "1950-11-07", "1985-05-19")


@pytest.fixture
def members(session, commune, enter):
    """Twelve members of all sorts in two cells, one of them probationary, and noise."""
    for number in range(12):
        kind = number % 6
        facts = {
            "full_name": f"Lò Văn {number}",
            "sex": "female" if number % 3 == 0 else "male",
            "birth_date": BIRTHS[kind],
            "ethnicity": PEOPLES[kind],
            "religion": RELIGIONS[kind],
            "general_education": SCHOOLS[kind],
            "profession": TRAININGS[kind],
            "theory": THEORIES[kind],
        }
        life = FULL if number else (admitted(TODAY - timedelta(days=30)),)
        cell = commune.cell if number < 8 else commune.other_cell
        enter(*life, cell=cell, **facts)
    enter(full_name="Người ngoài Đảng", ethnicity="Thái")
    enter(*FULL, cell=factories.body(session), full_name="Người xã khác", ethnicity="Thái")
    session.commit()
    return commune.commune


def tables(client, body, number: int, day: date = TODAY) -> dict[str, dict[str, list[str]]]:
    """Return the tables of a form as a spreadsheet has them: by title, by the words of the rows."""
    address = f"/bodies/{body.id}/members/structure/file"
    answer = client.get(address, query_string={"form": number, "on": day, "format": "xlsx"})
    assert answer.status_code == 200
    return by_title(rows(answer.data))


def rows(content: bytes) -> list[list[str]]:
    sheet = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    lines = sheet.split("<row>")[1:]
    return [[cell.split("</t>")[0] for cell in split_cells(line)] for line in lines]


def split_cells(line: str) -> list[str]:
    return line.split('<t xml:space="preserve">')[1:]


def by_title(lines: list[list[str]]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    title = ""
    for label, *figures in lines[3:]:
        if label and not any(figures):
            title = label
        elif label and figures[0].isdigit():
            found.setdefault(title, {})[label] = figures
    return found


@pytest.mark.parametrize("number", sorted(PARTS))
def test_every_table_of_a_form_counts_each_member_once(sign_in, commune, members, number):
    told = tables(sign_in(commune.keeper), members, number)
    assert len(told) == {2: 3, 3: 7, 4: 2}[number]
    for title, table in told.items():
        together = table.pop("Tổng số")
        assert together == ["12", "4", "1"], title
        sums = [sum(int(row[column]) for row in table.values()) for column in range(3)]
        assert [str(one) for one in sums] == together, title


@pytest.mark.parametrize("number", sorted(PARTS))
def test_the_cells_come_to_the_whole_body(sign_in, commune, members, number):
    client = sign_in(commune.keeper)
    whole = tables(client, members, number)
    parts = [tables(client, one, number) for one in (commune.cell, commune.other_cell)]
    for title, table in whole.items():
        for label, figures in table.items():
            halves = [part[title].get(label, ["0", "0", "0"]) for part in parts]
            sums = [str(sum(int(half[column]) for half in halves)) for column in range(3)]
            assert sums == figures, (title, label)


def test_form_2_counts_schools_diplomas_and_theory(sign_in, commune, members):
    told = tables(sign_in(commune.keeper), members, 2)
    schools = {label: row[0] for label, row in told["Giáo dục phổ thông"].items()}
    assert schools == {
        "Tiểu học": "0",
        "Trung học cơ sở": "4",
        "Trung học phổ thông": "6",
        "Chưa rõ": "2",
        "Tổng số": "12",
    }
    trainings = {label: row[0] for label, row in told["Chuyên môn, nghiệp vụ"].items()}
    assert trainings["Chưa qua đào tạo"] == "2"
    assert trainings["Khác"] == "2"
    assert told["Lý luận chính trị"]["Chưa rõ"][0] == "2"


def test_form_3_has_the_sides_of_ethnicity_and_no_names_of_them(sign_in, commune, members):
    told = tables(sign_in(commune.keeper), members, 3)
    sides = {label: row[0] for label, row in told["Dân tộc"].items()}
    assert sides == {"Kinh": "2", "Dân tộc thiểu số": "8", "Chưa rõ": "2", "Tổng số": "12"}


def test_form_4_has_the_commonest_first_and_the_unknown_last(sign_in, commune, members):
    told = tables(sign_in(commune.keeper), members, 4)
    assert next(iter(told["Dân tộc"])) == "Thái"
    assert told["Dân tộc"]["Thái"][0] == "4", "however it is spelled"
    assert list(told["Dân tộc"])[-2:] == ["Chưa rõ", "Tổng số"]
    assert list(told["Tôn giáo"])[-3:] == ["Không", "Chưa rõ", "Tổng số"]
    assert told["Tôn giáo"]["Không"][0] == "4"


def test_the_page_shows_the_same_figures_with_a_picture_each(sign_in, commune, members):
    client = sign_in(commune.keeper)
    for number, count in ((2, 3), (3, 7), (4, 2)):
        address = f"/bodies/{members.id}/members/structure?form={number}"
        page = outline(client.get(address).get_data(as_text=True))
        charts = [e for e in page.all("svg") if "chart" in e.get("class", "")]
        assert len(charts) == count
        assert all(e["aria-label"] for e in charts)
        assert len(page.all("table")) == count


def test_there_is_a_way_from_each_form_to_the_others(sign_in, commune, members):
    client = sign_in(commune.keeper)
    html = client.get(f"/bodies/{members.id}/members/structure?form=3").get_data(as_text=True)
    links = [a for a in outline(html).all("a") if "/members/" in a["href"]]
    shown = [a["href"] for a in links if a.get("aria-current") == "page"]
    assert f"/bodies/{members.id}/members/structure?form=3" in shown
    for number in forms.FORMS:
        assert f"/bodies/{members.id}/members/structure?form={number}" in {a["href"] for a in links}
    assert {a["href"].rsplit("/", 1)[1] for a in links} >= {"movements", "attention", "agreement"}


def test_a_fact_corrected_twice_counts_as_it_stands(session, commune, enter):
    member = enter(*FULL, ethnicity="Kinh", religion="Không")
    (first, *_rest) = events_of(session, member)
    for people in ("Mường", "Dao"):
        facts = {**first.facts, "ethnicity": people}
        better = Draft(K.REGISTERED, first.happened_on, first.body_id, "9-QĐ/ĐU", facts)
        records.record(session, commune.key, member, better, by=commune.keeper, corrects=first)
    found = sensitive(session, commune)
    assert found[member.id] == {"ethnicity": "Dao"}


def test_a_later_supplement_adds_to_what_was_known(session, commune, enter):
    more = Draft(K.SUPPLEMENTED, date(2026, 2, 3), facts={"religion": "Công giáo"})
    member = enter(*FULL, more, ethnicity="Kinh")
    assert sensitive(session, commune)[member.id] == {"ethnicity": "Kinh", "religion": "Công giáo"}
    assert sensitive(session, commune, date(2026, 2, 2))[member.id] == {"ethnicity": "Kinh"}


def test_nobody_else_is_decrypted(session, commune, enter):
    member = enter(*FULL, ethnicity="Kinh")
    enter(*FULL, ethnicity="Mông")
    found = queries.sensitive_on(
        session, commune.key, commune.commune, TODAY, [member.id], by=commune.keeper
    )
    assert dict(found) == {member.id: {"ethnicity": "Kinh"}}


def sensitive(session, commune, day: date = TODAY):
    profiles = queries.profiles_on(session, commune.commune, day, by=commune.keeper)
    who = [one.member for one in profiles]
    return queries.sensitive_on(session, commune.key, commune.commune, day, who, by=commune.keeper)


@pytest.mark.parametrize("age", [18, 30, 31, 40, 41, 50, 51, 60, 61, 90])
def test_each_age_lies_in_one_band_from_its_birthday_on(age: int):
    born = TODAY.replace(year=TODAY.year - age)
    bands = list(forms.AGES)
    today = band_of(born.isoformat(), TODAY)
    eve = band_of(born.isoformat(), TODAY - timedelta(days=1))
    assert today in bands
    assert bands.index(today) - bands.index(eve) == (age in {31, 41, 51, 61})


@pytest.mark.parametrize("people", ["Kinh", "kinh", " KINH ", "Kinh."])
def test_the_majority_is_known_however_it_is_spelled(people: str):
    assert side_of(people) == "majority"


@pytest.mark.parametrize("people", ["Thái", "Khơ-me", "Kinh lai Thái", "Ê Đê"])
def test_every_other_people_is_a_minority(people: str):
    assert side_of(people) == "minority"


def test_the_days_that_are_offered_are_today_and_the_ends_of_two_years():
    assert forms.days(date(2026, 11, 28)) == [
        date(2026, 11, 28),
        date(2025, 12, 31),
        date(2024, 12, 31),
    ]


def test_a_people_that_is_only_written_small_is_shown_as_a_name(sign_in, commune, session, enter):
    for people in ("ê đê", "ê đê", "Ê đê", "KHÁNG", "Kháng", "Kháng"):
        enter(*FULL, ethnicity=people)
    session.commit()
    told = tables(sign_in(commune.keeper), commune.cell, 4)
    assert {label: row[0] for label, row in told["Dân tộc"].items()} == {
        "Ê đê": "3",
        "Kháng": "3",
        "Tổng số": "6",
    }


def test_a_file_leaves_its_line_with_form_and_day_like_the_page(
    sign_in, installation, commune, members
):
    client = sign_in(commune.keeper)
    address = f"/bodies/{members.id}/members/structure"
    client.get(f"{address}/file?form=3&on=2025-12-31&format=docx")
    client.get(f"{address}?form=2&on=never")
    client.get(f"{address}?form=9")
    with installation.database.reading() as reading:
        lines = reading.query(AuditEntry).filter(AuditEntry.action == "member:report").all()
    assert [line.detail for line in lines] == [
        {"form": "3", "day": "2025-12-31"},
        {"form": "2", "day": TODAY.isoformat()},
        {"form": "2", "day": TODAY.isoformat()},
    ]
    assert {line.subject_id for line in lines} == {str(members.id)}
    assert {line.actor_id for line in lines} == {commune.keeper.id}


def test_other_pages_of_members_leave_lines_without_form_and_day(
    sign_in, installation, commune, members
):
    sign_in(commune.keeper).get(f"/bodies/{members.id}/members/movements")
    with installation.database.reading() as reading:
        (line,) = reading.query(AuditEntry).filter(AuditEntry.action == "member:list").all()
    assert line.detail == {}
