"""An administrator keeps bodies, people and posts; everybody sees what became of them."""

from datetime import date

import pytest
from sqlalchemy import select

from meetings.models import AuditEntry, Body, BodyKind, Person, Post, Term, new_id
from tests import factories

BODY = {"name": "Chi bộ bản Nà Ó", "kind": "cell", "symbol": "", "opened_on": "01/03/2021"}
PERSON = {"full_name": "Lò Thị Mai", "honorific": "Đồng chí", "protocol_rank": "12"}


@pytest.fixture
def keeper(world, sign_in):
    return sign_in(world.administrator)


def html(answer, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def seen(session, query) -> list:
    """Return the rows that were committed; the session lets go, so that requests may write."""
    session.rollback()
    found = list(session.scalars(query))
    session.commit()
    return found


def addresses(world) -> dict[str, dict[str, str]]:
    """Return every form with what fills it in."""
    someone = world.outsider.person
    post = {"body": str(world.office.id), "title": "Chuyên viên", "since": "2024-05-06"}
    return {
        "/bodies/new": BODY | {"parent": str(world.commune.id)},
        f"/bodies/{world.commune.id}/edit": BODY | {"parent": ""},
        f"/bodies/{world.commune.id}/terms/new": {"starts_on": "2025-07-01"},
        "/people/new": PERSON,
        f"/people/{someone.id}/edit": PERSON,
        f"/people/{someone.id}/posts/new": post,
        f"/people/{someone.id}/posts/end": {"post": str(new_id()), "until": "2025-01-01"},
    }


@pytest.mark.parametrize("who", ["clerk", "delegate", "researcher", "outsider"])
def test_who_is_no_administrator_changes_nothing_and_sees_no_button(session, world, sign_in, who):
    client = sign_in(getattr(world, who))
    for address, filled in addresses(world).items():
        expected = 403 if address in ("/bodies/new", "/people/new") else 404
        assert client.get(address).status_code == expected, address
        assert client.submit(address, **filled).status_code == expected, address
    assert session.scalar(select(Body).where(Body.name == BODY["name"])) is None
    assert session.scalar(select(Person).where(Person.full_name == PERSON["full_name"])) is None
    for page in ("/bodies", "/people", f"/people/{world.outsider.person_id}"):
        assert "/new" not in html(client.get(page)), page


def test_a_body_is_entered_below_another_and_stands_in_the_tree(session, world, keeper):
    answer = keeper.submit(
        f"/bodies/new?parent={world.commune.id}", **BODY, parent=str(world.commune.id)
    )
    (made,) = seen(session, select(Body).where(Body.name == BODY["name"]))
    assert (answer.status_code, answer.location) == (303, f"/bodies/{made.id}")
    assert (made.parent_id, made.kind) == (world.commune.id, BodyKind.CELL)
    assert made.opened_on == date(2021, 3, 1)
    assert BODY["name"] in html(keeper.get("/bodies"))


def test_the_address_chooses_the_body_above(world, keeper):
    page = html(keeper.get(f"/bodies/new?parent={world.commune.id}"))
    assert f'<option selected value="{world.commune.id}">' in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Vui lòng điền mục này"),
        ({"name": "x" * 201}, "200"),
        ({"kind": "club"}, None),
        ({"parent": str(new_id())}, None),
        ({"opened_on": "31/02/2021"}, "25/11/2026"),
        ({"closed_on": "2020-01-01"}, "không thể giải thể trước"),
        ({"name": "Văn phòng Tỉnh ủy"}, "đã có tổ chức mang tên này"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_entered(
    session, world, keeper, wrong, sentence
):
    before = len(seen(session, select(Body)))
    filled = BODY | {"parent": str(world.province.id)} | wrong
    page = html(keeper.submit("/bodies/new", **filled), 422)
    assert sentence is None or sentence in page
    assert "field-error" in page
    assert len(seen(session, select(Body))) == before


def test_a_body_never_comes_to_stand_below_itself(session, world, keeper):
    cell = factories.body(session, world.office, kind=BodyKind.CELL, name="Chi bộ Văn phòng")
    session.commit()
    address = f"/bodies/{world.office.id}/edit"
    page = html(keeper.get(address))
    assert str(world.commune.id) in page
    for impossible in (cell, world.office):
        assert f'value="{impossible.id}"' not in page
        filled = BODY | {"parent": str(impossible.id)}
        assert keeper.submit(address, **filled).status_code == 422


def test_a_body_closes_only_after_what_belongs_to_it(session, world, keeper):
    below = factories.body(session, world.commune, kind=BodyKind.CELL, name="Chi bộ Đồi Chè")
    held = factories.post(session, world.delegate.person, world.commune)
    session.commit()
    address = f"/bodies/{world.commune.id}/edit"
    closing = BODY | {"name": world.commune.name, "parent": "", "closed_on": "2026-06-30"}
    assert "Chi bộ Đồi Chè" in html(keeper.submit(address, **closing), 422)
    below.closed_on = date(2026, 6, 30)
    session.commit()
    assert keeper.submit(address, **closing).status_code == 303
    session.expire_all()
    assert (world.commune.closed_on, held.until) == (date(2026, 6, 30), date(2026, 6, 30))


def test_the_tree_is_shown_as_it_was_on_a_day(session, world, keeper):
    factories.body(
        session,
        world.province,
        name="Huyện ủy Mường Thín",
        opened_on=date(1996, 1, 1),
        closed_on=date(2025, 6, 30),
    )
    factories.body(session, world.province, name="Đảng ủy xã mới", opened_on=date(2025, 7, 1))
    session.commit()
    before, after = (html(keeper.get(f"/bodies?on={day}")) for day in ("2025-06-30", "2025-07-01"))
    assert ("Huyện ủy Mường Thín" in before, "Đảng ủy xã mới" in before) == (True, False)
    assert ("Huyện ủy Mường Thín" in after, "Đảng ủy xã mới" in after) == (False, True)
    both = html(keeper.get("/bodies?on=hôm+qua"))
    assert "Huyện ủy Mường Thín" in both
    assert "Đảng ủy xã mới" in both


def test_a_term_is_entered_once_and_shown_the_latest_first(session, world, keeper):
    address = f"/bodies/{world.commune.id}"
    for day in ("01/07/2025", "15/06/2020"):
        assert keeper.submit(f"{address}/terms/new", starts_on=day).status_code == 303
    page = html(keeper.get(address))
    assert page.index("01/07/2025") < page.index("15/06/2020")
    for wrong in ("2025-07-01", "", "30/02/2026"):
        assert keeper.submit(f"{address}/terms/new", starts_on=wrong).status_code == 422
    assert len(seen(session, select(Term).where(Term.body_id == world.commune.id))) == 2


def test_a_person_is_entered_and_a_namesake_is_pointed_out(session, world, keeper):
    answer = keeper.submit("/people/new", **PERSON)
    (made,) = seen(session, select(Person).where(Person.full_name == PERSON["full_name"]))
    assert answer.location == f"/people/{made.id}"
    assert "người khác cùng họ tên" not in html(keeper.get(answer.location))
    again = keeper.submit("/people/new", **PERSON)
    assert "người khác cùng họ tên" in html(keeper.get(again.location))


def test_a_person_without_a_rank_comes_last(session, keeper):
    keeper.submit("/people/new", **PERSON | {"protocol_rank": ""})
    (made,) = seen(session, select(Person).where(Person.full_name == PERSON["full_name"]))
    assert made.protocol_rank == 9999


def test_a_post_is_given_and_ended_and_both_stay_on_the_page(session, world, keeper):
    someone = world.outsider.person
    address = f"/people/{someone.id}"
    given = {"body": str(world.office.id), "title": "Phó Chánh Văn phòng", "since": "06/05/2024"}
    assert keeper.submit(f"{address}/posts/new", **given).status_code == 303
    (held,) = seen(session, select(Post).where(Post.person_id == someone.id))
    ending = f"{address}/posts/end?post={held.id}"
    early = {"post": str(held.id), "until": "05/05/2024"}
    assert "không thể kết thúc trước" in html(keeper.submit(ending, **early), 422)
    assert keeper.submit(ending, **early | {"until": "06/05/2024"}).status_code == 303
    page = html(keeper.get(address))
    assert "Phó Chánh Văn phòng" in page
    assert page.count("06/05/2024") == 2
    assert "đã kết thúc" in html(keeper.submit(ending, **early), 422)


def test_a_post_of_somebody_else_is_not_ended_here(session, world, keeper):
    other = factories.post(session, world.delegate.person, world.office)
    session.commit()
    address = f"/people/{world.outsider.person_id}/posts/end"
    answer = keeper.submit(f"{address}?post={other.id}", post=str(other.id), until="2026-01-01")
    assert answer.status_code == 422
    session.refresh(other)
    assert other.until is None
    assert keeper.get(f"{address}?post=gì").status_code == 200


def test_closed_bodies_are_offered_for_no_post(session, world, keeper):
    closed = factories.body(session, name="Huyện ủy Mường Thín", closed_on=date(2025, 6, 30))
    session.commit()
    page = html(keeper.get(f"/people/{world.outsider.person_id}/posts/new"))
    assert str(world.office.id) in page
    assert str(closed.id) not in page


def test_every_change_is_in_the_ledger(session, world, keeper):
    for address, filled in addresses(world).items():
        keeper.submit(address, **filled)
    deeds = set(session.scalars(select(AuditEntry.action)))
    assert {"organisation:keep", "body:keep", "person:keep"} <= deeds
