import re
from datetime import date, timedelta
from urllib.parse import unquote_plus

import pytest
from sqlalchemy import func, select

from meetings import clock
from meetings.members.life.fields import FIELDS, LISTED, PROFILE, SEALED, WORDS, Shape
from meetings.members.records.services import Draft
from meetings.models import AuditEntry, Event, EventKind, Member, MemberEvent, MemberLook, Standing
from tests.client import outline
from tests.meetings.members.conftest import admitted, official

FAITH = "Tin lành Mường Lay"
OTHERS = ("clerk", "delegate", "researcher", "outsider", "administrator")
NEW = {"on": "06/01/2020", "full_name": "Lò Thị Ánh", "birth_date": "25/11/1966"}


def members(installation) -> int:
    with installation.database.reading() as reading:
        return reading.scalar(select(func.count()).select_from(Member)) or 0


def actions(installation) -> list[str]:
    with installation.database.reading() as reading:
        return list(reading.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


@pytest.fixture
def member(session, enter) -> Member:
    made = enter(admitted(), official(), religion=FAITH)
    session.commit()
    return made


def canaries() -> dict[str, str]:
    """Return a value for each fact of a profile that stands nowhere else."""
    own = {n: f"chim-{n.replace('_', '-')}" for n in PROFILE if FIELDS[n].shape is not Shape.WORD}
    days = {n: f"19{60 + i}-03-0{i + 1}" for i, n in enumerate(own) if FIELDS[n].shape is Shape.DAY}
    words = {name: WORDS[name][-1] for name in PROFILE if name in WORDS}
    return own | days | words


def shown(value: str) -> str:
    return "/".join(reversed(value.split("-"))) if re.fullmatch(r"\d{4}-.*", value) else value


def test_every_fact_is_seen_by_whom_it_is_for_and_by_nobody_else(
    sign_in, session, commune, enter, world
):
    """The whole matrix: each fact of a profile, each person, each page."""
    facts = canaries()
    member = enter(admitted(), **facts)
    session.commit()
    texts = {name: shown(value) for name, value in facts.items() if name not in WORDS}
    listing, record = f"/bodies/{commune.cell.id}/members", f"/members/{member.id}"
    expected = {
        "keeper": {listing: set(LISTED), record: set(texts) - SEALED},
        "secretary": {listing: set(LISTED), record: set()},
        **{name: {listing: set(), record: set()} for name in OTHERS},
    }
    cells = 0
    for who, pages in expected.items():
        client = sign_in(getattr(commune, who, None) or getattr(world, who))
        for address, seen in pages.items():
            answer = client.get(address)
            assert (answer.status_code == 200) == bool(seen), (who, address)
            html = answer.get_data(as_text=True)
            for name, text in texts.items():
                assert (text in html) == (name in seen), (who, address, name)
                cells += 1
        answer = client.submit(f"{record}/sensitive", reason="Thẩm tra lý lịch")
        assert answer.status_code == (200 if who == "keeper" else 404)
        html = answer.get_data(as_text=True)
        for name, text in texts.items():
            assert (text in html) == (who == "keeper"), (who, name)
            cells += 1
    print(f"{cells} cells of the matrix of facts hold")
    assert cells == len(expected) * 3 * len(texts)


def test_a_look_is_kept_with_its_reason_before_anything_is_shown(
    sign_in, installation, commune, member
):
    client, address = sign_in(commune.keeper), f"/members/{member.id}/sensitive"
    refused = client.submit(address, reason=" ")
    assert refused.status_code == 422
    assert FAITH not in refused.get_data(as_text=True)
    answer = client.submit(address, reason="Đại hội chi bộ")
    page = answer.get_data(as_text=True)
    assert FAITH in page
    assert "Đại hội chi bộ" in page
    assert "no-store" in answer.headers["Cache-Control"]
    with installation.database.reading() as reading:
        look = reading.scalars(select(MemberLook)).one()
        assert (look.user_id, look.reason) == (commune.keeper.id, "Đại hội chi bộ")
    assert actions(installation).count("member:reveal") == 1
    assert FAITH not in client.get(f"/members/{member.id}").get_data(as_text=True)


def test_opening_a_record_leaves_a_line(sign_in, installation, commune, member):
    sign_in(commune.keeper).get(f"/members/{member.id}")
    assert actions(installation).count("member:read") == 1
    assert sign_in(commune.secretary).get(f"/members/{member.id}").status_code == 404
    assert actions(installation).count("member:read") == 2, "the refusal too"


def test_a_record_is_shown_as_of_a_day(sign_in, commune, member):
    client, address = sign_in(commune.keeper), f"/members/{member.id}"
    assert "Đảng viên chính thức" in client.get(address).get_data(as_text=True)
    then = client.get(f"{address}?on=1990-12-01").get_data(as_text=True)
    assert "Đảng viên dự bị" in then
    assert "Công nhận đảng viên chính thức" not in then
    assert "Ngày này chưa có thông tin" in client.get(f"{address}?on=1980-01-01").get_data(
        as_text=True
    )
    assert client.get(f"{address}?on=hom-qua").status_code == 200


def test_a_keeper_enters_a_member(sign_in, installation, commune):
    client, address = sign_in(commune.keeper), f"/bodies/{commune.cell.id}/members/new"
    assert "Ghi vào sổ" in client.get(address).get_data(as_text=True)
    answer = client.submit(address, body=str(commune.cell.id), religion=FAITH, **NEW)
    assert answer.status_code == 303
    page = client.get(answer.location).get_data(as_text=True)
    assert "25/11/1966" in page
    assert FAITH not in page
    assert actions(installation).count("member:enter") == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"full_name": ""}, "Họ và tên đang dùng"),
        ({"birth_date": "31/02/1966"}, "chỉ ghi năm"),
        ({"on": "31/12/2999"}, "từ năm 1900 đến hôm nay"),
        ({"on": "khi nào đó"}, "25/11/2026"),
        ({"sex": "khác"}, "Giới tính"),
        ({"body": "x"}, "Tổ chức"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(
    sign_in, installation, commune, wrong, said
):
    address = f"/bodies/{commune.cell.id}/members/new"
    given = {"body": str(commune.cell.id)} | NEW | wrong
    answer = sign_in(commune.keeper).submit(address, **given)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert members(installation) == 0


def test_a_namesake_is_told_before_somebody_is_entered_twice(
    sign_in, installation, commune, member
):
    client, address = sign_in(commune.keeper), f"/bodies/{commune.other_cell.id}/members/new"
    given = {"body": str(commune.other_cell.id), **NEW}
    answer = client.submit(address, **given)
    assert answer.status_code == 422
    assert f"/members/{member.id}" in answer.get_data(as_text=True)
    assert members(installation) == 1
    assert client.submit(address, same="no", **given).status_code == 303
    assert members(installation) == 2


def test_every_kind_of_event_has_its_form(sign_in, commune, member):
    client = sign_in(commune.keeper)
    page = client.get(f"/members/{member.id}/events").get_data(as_text=True)
    for kind in EventKind:
        address = f"/members/{member.id}/events/new?kind={kind.value}"
        expected = 404 if kind is EventKind.REGISTERED else 200
        assert client.get(address).status_code == expected
        assert (f"kind={kind.value}" in page) == (expected == 200)
    assert client.get(f"/members/{member.id}/events/new?kind=x").status_code == 404


def test_what_happened_is_recorded(sign_in, session, commune, member):
    client = sign_in(commune.keeper)
    answer = client.submit(
        f"/members/{member.id}/events/new?kind=disciplined",
        on="05/05/2021",
        decision="7-QĐ/UBKT",
        penalty="warning",
        reason="Vi phạm quy định",
    )
    assert answer.status_code == 303
    page = client.get(answer.location).get_data(as_text=True)
    assert "7-QĐ/UBKT" in page
    assert "Cảnh cáo" not in page
    opened = client.submit(f"/members/{member.id}/sensitive", reason="Kiểm tra")
    assert "Cảnh cáo" in opened.get_data(as_text=True)


def test_an_event_that_cannot_be_is_told_with_its_day(sign_in, installation, commune, member):
    client, address = sign_in(commune.keeper), f"/members/{member.id}/events/new?kind=admitted"
    answer = client.submit(address, on="19/05/2021", decision="1-QĐ/HU")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Kết nạp vào Đảng, 19/05/2021" in page
    assert "Đảng viên chính thức" in page
    with installation.database.reading() as reading:
        assert len(reading.scalars(select(MemberEvent)).all()) == 3


def test_a_card_number_belongs_to_one_member_in_force(sign_in, session, commune, member, enter):
    card = {"card_number": "81004217"}
    enter(admitted(), Draft(EventKind.CARD_ISSUED, date(2004, 2, 3), facts=card))
    session.commit()
    client, address = sign_in(commune.keeper), f"/members/{member.id}/events/new?kind=card_issued"
    answer = client.submit(address, on="03/02/2026", decision="2-QĐ/HU", **card)
    assert answer.status_code == 422
    assert "Số thẻ này đã có ở hồ sơ của Lò Thị Ánh" in answer.get_data(as_text=True)
    other = client.submit(address, on="03/02/2026", decision="2-QĐ/HU", card_number="81004218")
    assert other.status_code == 303


def test_a_member_moves_only_to_a_body_that_the_keeper_looks_after(
    sign_in, session, world, commune, member
):
    client, address = sign_in(commune.keeper), f"/members/{member.id}/events/new?kind=moved"
    given = {"on": clock.today().isoformat(), "decision": "5-TB/ĐU"}
    assert client.submit(address, body=str(world.office.id), **given).status_code == 422
    assert client.submit(address, body=str(commune.other_cell.id), **given).status_code == 303
    session.refresh(member)
    assert member.body_id == commune.other_cell.id


def test_nobody_enters_or_moves_into_a_body_that_is_closed(
    sign_in, session, installation, commune, member
):
    commune.other_cell.closed_on = date(2025, 6, 30)
    session.merge(commune.other_cell)
    session.commit()
    client, body = sign_in(commune.keeper), str(commune.other_cell.id)
    moving = {"decision": "5-TB/ĐU", "body": body}
    address = f"/members/{member.id}/events/new?kind=moved"
    answer = client.submit(address, on="01/07/2025", **moving)
    assert answer.status_code == 422
    assert "đã kết thúc hoạt động" in answer.get_data(as_text=True)
    given = NEW | {"full_name": "Người mới", "on": "01/07/2025", "body": body}
    assert client.submit(f"/bodies/{body}/members/new", **given).status_code == 422
    assert members(installation) == 1
    assert client.submit(address, on="30/06/2025", **moving).status_code == 303


def test_a_correction_names_its_decision_and_keeps_what_is_masked(
    sign_in, session, commune, member
):
    [first, *_] = session.scalars(select(MemberEvent).order_by(MemberEvent.number)).all()
    session.commit()
    client, address = sign_in(commune.keeper), f"/member-events/{first.id}/correct"
    form = client.get(address).get_data(as_text=True)
    assert "25/11/1966" in form
    assert FAITH not in form
    given = {"body": str(commune.cell.id), **NEW, "birth_date": "26/11/1966"}
    assert client.submit(address, **given, decision="").status_code == 422
    answer = client.submit(address, **given, decision="8-CV/ĐU")
    assert answer.status_code == 303
    page = client.get(answer.location).get_data(as_text=True)
    assert "26/11/1966" in page
    assert "Trước khi đính chính" in page
    opened = client.submit(f"/members/{member.id}/sensitive", reason="Kiểm tra")
    assert FAITH in opened.get_data(as_text=True)


def test_nobody_but_the_keeper_changes_a_record(sign_in, session, world, commune, member):
    event = session.scalars(select(MemberEvent)).first()
    session.commit()
    asked = [
        f"/bodies/{commune.cell.id}/members/new",
        f"/members/{member.id}/events/new?kind=died",
        f"/member-events/{event.id}/correct",
    ]
    for who in (commune.secretary, world.clerk, world.administrator, world.outsider):
        client = sign_in(who)
        for address in asked:
            assert client.get(address).status_code == 404
            assert client.submit(address, on="01/01/2020").status_code == 404
    session.refresh(member)
    assert member.standing is Standing.FULL


def test_nothing_is_recorded_for_tomorrow(sign_in, commune, member):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    address = f"/members/{member.id}/events/new?kind=died"
    assert sign_in(commune.keeper).submit(address, on=tomorrow).status_code == 422


def test_no_name_of_a_member_stands_in_an_address_a_notice_or_the_index(
    sign_in, installation, session, commune, enter
):
    canary = "Hoàng Yến"
    member = enter(admitted(), full_name=canary)
    session.commit()
    client, at = sign_in(commune.keeper), f"/members/{member.id}"
    listing = f"/bodies/{commune.cell.id}/members"
    sought = client.submit(f"{listing}/search", words=canary)
    asked = [listing, sought.location, at, f"{at}/events", f"{at}/events/new?kind=died"]
    for address in asked:
        page = outline(client.get(address).get_data(as_text=True))
        links = [value for _, element in page.elements for value in element.values()]
        addresses = [unquote_plus(link) for link in links if link.startswith("/")]
        assert not [link for link in addresses if canary in link or "hoang" in link.lower()]
        assert canary not in page.text["title"]
    with installation.database.reading() as reading:
        for table in (AuditEntry, Event):
            assert canary not in repr(reading.execute(select(table.__table__)).all())
    found = client.get("/archive", query_string={"q": "yến"}).get_data(as_text=True)
    assert canary not in found
