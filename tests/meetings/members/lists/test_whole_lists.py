"""What holds for every list: it is read or told, entered whole or not at all, and hidden."""

import io
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from meetings import clock
from meetings.members.life.headings import HEADINGS, columns_of
from meetings.members.life.lines import Line, Reading, Verdict, lines_of
from meetings.members.life.replay import Happening, refusal, state_on
from meetings.members.lists import services
from meetings.members.lists.queries import Entry, roll_of
from meetings.members.records.queries import happenings
from meetings.models import AuditEntry, Member, MemberEvent, MemberList
from meetings.press.tables import Sheet, csv, xlsx
from tests.meetings.members.conftest import admitted, official

FIELDS = list(HEADINGS)
UNTIL = date(2026, 11, 1)
KEY, BODY = bytes(32), UUID(int=7)
SAID = """
Lò Thị Ánh|NguyÔn V¨n|1966|25/11/1966|31/02/1966|24436|19/05/1990|19/05/1991|Nam|Nữ|Trung cấp
81004217|8.1E7|014066000123|=1+1|Chi bộ bản Nà Lốc"""
WORDS = st.sampled_from(SAID.replace("\n", "|").split("|"))
CELLS = st.one_of(WORDS, st.text(max_size=12))
ROWS = st.lists(st.lists(CELLS, max_size=len(FIELDS) + 2), max_size=6)


@given(ROWS)
def test_every_row_is_ready_or_told_whatever_it_says(rows):
    columns = {name: number for number, name in enumerate(FIELDS)}
    lines = lines_of([FIELDS, *rows], Reading(columns, 0, UNTIL), ())
    said = [row for row in rows if any(" ".join(cell.split()) for cell in row[: len(FIELDS)])]
    assert len(lines) == len(said)
    for line in lines:
        assert (line.verdict is Verdict.REFUSED) == bool(line.faults)
        if not line.faults:
            assert is_possible(line)


def is_possible(line: Line) -> bool:
    """Tell whether the life that a row tells of can have happened."""
    kept = MemberList(true_on=UNTIL)
    drafts = list(services.life_of(Entry(line, BODY), kept))
    told = [
        Happening(number, draft.kind, draft.on, draft.body, draft.facts)
        for number, draft in enumerate(drafts, start=1)
    ]
    return refusal(told) is None and state_on(told, UNTIL).counts


@given(st.permutations(FIELDS))
def test_headings_are_found_in_any_order(names):
    spelled = [HEADINGS[name][0].upper() for name in names]
    assert columns_of(spelled) == {name: number for number, name in enumerate(names)}


HEAD = ["Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Ngày chính thức", "Số thẻ"]


def rows(count: int) -> list[list[str]]:
    return [
        [f"Lò Văn {n}", "1970", "3/2/2000", "3/2/2001", f"{81000000 + n}"] for n in range(count)
    ]


def keep(session, commune, *lines: list[str]) -> MemberList:
    kept = services.keep(
        session, commune.key, [HEAD, *lines], body=commune.commune, by=commune.keeper
    )
    session.commit()
    return kept


def test_a_list_that_fails_in_the_middle_enters_nobody(session, commune):
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("the trigger is written for SQLite")
    kept = keep(session, commune, *rows(20))
    roll = roll_of(session, commune.key, kept, commune.commune, by=commune.keeper)
    members = services.made(commune.key, roll, by=commune.keeper)
    session.execute(
        text(
            "CREATE TRIGGER stop BEFORE INSERT ON member_event"
            " WHEN (SELECT count(*) FROM member_event) >= 31"
            " BEGIN SELECT RAISE(ABORT, 'broken off'); END"
        )
    )
    session.commit()
    with pytest.raises(DBAPIError):
        services.enter(session, roll, members, body=commune.commune, by=commune.keeper)
    session.rollback()
    assert [session.scalar(select(func.count()).select_from(t)) for t in (Member, MemberEvent)] == [
        0,
        0,
    ]
    assert session.scalar(select(MemberList)) is not None
    told = select(func.count()).where(AuditEntry.action == "member:enter")
    assert session.scalar(told) == 0


def test_a_list_is_entered_once_even_if_it_is_sent_twice_at_once(session, commune):
    kept = keep(session, commune, *rows(3))
    roll = roll_of(session, commune.key, kept, commune.commune, by=commune.keeper)
    by = {"body": commune.commune, "by": commune.keeper}
    services.enter(session, roll, services.made(commune.key, roll, by=commune.keeper), **by)
    session.commit()
    with pytest.raises(services.Changed):
        services.enter(session, roll, services.made(commune.key, roll, by=commune.keeper), **by)
    assert session.scalar(select(func.count()).select_from(Member)) == 3


def test_no_plain_cell_comes_to_the_disk_before_it_is_entered(
    session, installation, commune, sign_in
):
    canary = "HOÀNG-YẾN-0417"
    content = csv(Sheet("", HEAD, [[canary, "1970", "3/2/2000", "", ""], *rows(400)]))
    at = f"/bodies/{commune.commune.id}/members/list"
    client = sign_in(commune.keeper)
    answer = client.submit(at, files=(io.BytesIO(content), f"{canary}.csv"))
    assert answer.status_code == 303
    assert canary in client.get(f"{at}/rows").get_data(as_text=True)
    files = [path for path in installation.settings.instance.rglob("*") if path.is_file()]
    assert len(files) > 3
    assert [path.name for path in files if canary.encode() in path.read_bytes()] == []


def test_our_own_register_is_read_back(session, commune, sign_in, enter):
    enter(admitted(), official(), full_name="Quàng Thị An", occupation="=1+1", theory="advanced")
    enter(admitted(), full_name="Đèo Văn Bún", birth_date="1950", sex="male")
    session.commit()
    client = sign_in(commune.keeper)
    book = client.get(f"/bodies/{commune.cell.id}/members/file?format=xlsx").data
    at = f"/bodies/{commune.commune.id}/members/list"
    assert client.submit(at, files=(io.BytesIO(book), "so.xlsx")).status_code == 303
    kept = session.scalars(select(MemberList)).one()
    named = {"birth_name", "home_village", "general_education", "profession", "occupation"}
    named |= {"full_name", "birth_date", "sex", "theory", "admitted_on", "official_on"}
    assert set(kept.columns) == named | {"card_number"}
    roll = roll_of(session, commune.key, kept, commune.commune, by=commune.keeper)
    assert [dict(e.line.faults) for e in roll.entries] == [{"full_name": "known"}] * 2
    assert {e.line.facts["theory"] for e in roll.entries} == {"advanced", ""}
    assert "=1+1" in {e.line.facts["occupation"] for e in roll.entries}


def test_what_was_entered_replays_to_what_the_register_shows(session, commune):
    kept = keep(session, commune, *rows(5))
    roll = roll_of(session, commune.key, kept, commune.commune, by=commune.keeper)
    members = services.made(commune.key, roll, by=commune.keeper)
    services.enter(session, roll, members, body=commune.commune, by=commune.keeper)
    session.commit()
    for member in session.scalars(select(Member)):
        events = session.scalars(select(MemberEvent).where(MemberEvent.member_id == member.id))
        state = state_on(happenings(sorted(events, key=lambda e: e.number)), clock.today())
        assert (state.body, state.standing) == (member.body_id, member.standing)
        assert (state.admitted_on, state.official_on) == (member.admitted_on, member.official_on)
        assert state.facts["card_number"] == member.card_number


def test_a_text_of_the_list_is_never_run_by_the_page(session, commune, sign_in):
    hostile = "<script>alert(1)</script>"
    keep(session, commune, [hostile, "1970", "3/2/2000", "", ""], [hostile, hostile, "x", "", ""])
    at = f"/bodies/{commune.commune.id}/members/list"
    client = sign_in(commune.keeper)
    for page in ("columns", "rows", "rows?show=refused"):
        html = client.get(f"{at}/{page}").get_data(as_text=True)
        assert hostile not in html
        assert "&lt;script&gt;" in html
    report = client.get(f"{at}/refused").data
    assert report != xlsx(Sheet("", [""], []))
