from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock, vault
from meetings.members.module import services
from meetings.models import AuditEntry, MemberApproval, MemberKey, Role
from tests import factories

PAGE = "/members/switch"
GIVEN = {"number": "215-CV/TU", "decided_on": "12/03/2026", "understood": "y"}


@pytest.fixture
def keeper(session, world):
    user = factories.user(session, (Role.RECORD_KEEPER, world.province))
    session.commit()
    return user


def addresses(session, world) -> list[str]:
    body = f"/bodies/{world.office.id}/members"
    return ["/members", body, f"{body}/file?format=xlsx", f"{body}/new"]


def test_the_register_is_off_until_an_approval_is_named(sign_in, session, world, keeper):
    client = sign_in(keeper)
    for address in addresses(session, world):
        assert client.get(address).status_code == 404, address
    assert 'href="/members"' not in client.get("/meetings").get_data(as_text=True)


def test_an_administrator_switches_it_on_with_number_and_date(
    sign_in, session, world, keeper, installation
):
    client = sign_in(keeper)
    client.get("/meetings")  # the menu as it was is known by now
    admin = sign_in(world.administrator)
    assert admin.submit(PAGE, **GIVEN).status_code == 303
    with installation.database.reading() as reading:
        approval = reading.scalars(select(MemberApproval)).one()
        assert (approval.number, f"{approval.decided_on}") == ("215-CV/TU", "2026-03-12")
        assert approval.opened_by == world.administrator.id
        assert len(vault.members_key(reading, installation.keys)) == 32
        line = reading.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        assert (line.action, line.actor_id) == ("members:switch", world.administrator.id)
    page = admin.get(PAGE).get_data(as_text=True)
    assert "215-CV/TU" in page
    assert "12/03/2026" in page
    for address in addresses(session, world):
        assert client.get(address).status_code == 200, address
    assert 'href="/members"' in client.get("/meetings").get_data(as_text=True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": ""}, "Số văn bản chấp thuận"),
        ({"decided_on": "31/02/2026"}, "Ngày của văn bản chấp thuận"),
        ({"decided_on": (clock.today() + timedelta(days=2)).isoformat()}, "Ngày này chưa tới."),
        ({"understood": ""}, "xác nhận"),
    ],
)
def test_nothing_is_switched_on_without_number_day_and_word(
    sign_in, world, installation, wrong, said
):
    answer = sign_in(world.administrator).submit(PAGE, **GIVEN | wrong)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    with installation.database.reading() as reading:
        assert reading.scalars(select(MemberApproval)).all() == []


@pytest.mark.parametrize("who", ["clerk", "delegate", "researcher"])
def test_nobody_else_switches(sign_in, world, who: str):
    client = sign_in(getattr(world, who))
    assert client.get(PAGE).status_code == 403
    assert client.submit(PAGE, **GIVEN).status_code == 403
    assert client.submit(f"{PAGE}/off").status_code == 403


def test_it_is_switched_off_and_on_again_and_nothing_is_lost(sign_in, session, world, keeper):
    admin, client = sign_in(world.administrator), sign_in(keeper)
    admin.submit(PAGE, **GIVEN)
    factories.member(session, world.office, full_name="Lò Thị Ánh", facts={"full_name": "Ánh"})
    session.commit()
    assert admin.submit(f"{PAGE}/off").status_code == 303
    assert client.get("/members").status_code == 404
    assert 'href="/members"' not in client.get("/meetings").get_data(as_text=True)
    admin.submit(PAGE, **GIVEN | {"number": "300-CV/TU"})
    assert "Ánh" in client.get(f"/bodies/{world.office.id}/members").get_data(as_text=True)
    page = admin.get(PAGE).get_data(as_text=True)
    assert "215-CV/TU" in page
    assert "300-CV/TU" in page


def test_an_administrator_reads_no_register(sign_in, world):
    admin = sign_in(world.administrator)
    admin.submit(PAGE, **GIVEN)
    assert admin.get("/members").status_code == 404
    assert admin.get(f"/bodies/{world.office.id}/members").status_code == 404


def test_it_has_one_key_which_the_root_key_locks_and_an_exchange_keeps(
    session, world, installation
):
    keys, who = installation.keys, world.administrator
    day = clock.today()
    first = services.switch_on(session, keys, number="1", decided_on=day, by=who)
    again = services.switch_on(session, keys, number="2", decided_on=day, by=who)
    assert again is first, "it is on already"
    key = vault.members_key(session, keys)
    services.switch_off(session, by=who)
    services.switch_off(session, by=who)
    services.switch_on(session, keys, number="3", decided_on=day, by=who)
    assert len(session.scalars(select(MemberKey)).all()) == 1
    keys.begin_exchange()
    assert vault.exchange_root(session, keys) == 1
    keys.end_exchange()
    assert vault.members_key(session, keys) == key
