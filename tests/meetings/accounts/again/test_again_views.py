"""Saying again who one is: asked before accounts, tablets and sign-ins are changed."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from meetings import clock
from meetings.accounts import services
from meetings.accounts.again.services import PROOF_LASTS
from meetings.accounts.second_factor import services as factor
from meetings.accounts.throttle.services import FREE_ATTEMPTS
from meetings.models import AuditEntry, Decision, Device, RoleAssignment, SignIn
from tests import factories

PASSWORD = "trời hôm nay đẹp lắm"
PATH = "/account/again"


@pytest.fixture
def member(session, installation, world):
    services.set_password(session, installation.keys, world.delegate, PASSWORD)
    session.commit()
    return world.delegate


@pytest.fixture
def desk(member, sign_in, installation):
    """A delegate who signed in half an hour ago, and once more elsewhere."""
    sign_in(member)
    client = sign_in(member)
    grow_old(installation)
    return client


def grow_old(installation, **values):
    past = {"confirmed_at": clock.now() - PROOF_LASTS - timedelta(seconds=1)}
    installation.database.write(
        lambda writing: writing.execute(update(SignIn).values(past | values))
    )


def ended(installation):
    with installation.database.reading() as reading:
        return len(reading.scalars(select(SignIn).where(SignIn.ended_at.is_not(None))).all())


def end_others(client):
    return client.submit("/account/sign-ins/end-others")


def ledger(installation):
    with installation.database.reading() as reading:
        lines = reading.scalars(select(AuditEntry).order_by(AuditEntry.seq))
        return [(line.action, line.decision) for line in lines]


def test_who_signed_in_long_ago_says_the_password_again_before_ending_sign_ins(installation, desk):
    answer = end_others(desk)
    assert answer.location == f"{PATH}?next=/account/sign-ins"
    assert ended(installation) == 0
    assert ledger(installation) == [], "what was not done is not written down as done"
    page = desk.get(answer.location).get_data(as_text=True)
    assert "Xác nhận danh tính" in page
    back = desk.submit(PATH, password=PASSWORD, next="/account/sign-ins")
    assert (back.status_code, back.location) == (303, "/account/sign-ins")
    assert end_others(desk).location == "/account/sign-ins"
    assert ended(installation) == 1


def test_a_wrong_password_proves_nothing_and_is_written_down_and_slowed_down(installation, desk):
    answers = [desk.submit(PATH, password="sai").status_code for _ in range(FREE_ATTEMPTS + 1)]
    assert answers == [422] * FREE_ATTEMPTS + [429]
    assert ledger(installation) == [("account:again", Decision.REFUSED)] * FREE_ATTEMPTS
    assert end_others(desk).location.startswith(PATH)


def test_who_has_a_factor_gives_the_code_too(session, installation, member, desk):
    telephone = pyotp.TOTP(factor.begin(session, installation.keys, member))
    factor.take(session, installation.keys, member, telephone.at(clock.now(), counter_offset=-1))
    session.commit()
    assert desk.submit(PATH, password=PASSWORD).status_code == 422
    assert desk.submit(PATH, password=PASSWORD, code="000000x").status_code == 422
    assert end_others(desk).location.startswith(PATH)
    assert desk.submit(PATH, password=PASSWORD, code=telephone.now()).status_code == 303
    assert end_others(desk).location == "/account/sign-ins"


def test_a_tablet_is_locked_and_opened_with_its_pin_instead(session, installation, member, desk):
    tablet = factories.device(session, member)
    session.commit()
    grow_old(installation, device_id=tablet.id)
    page = desk.get(PATH).get_data(as_text=True)
    assert 'action="/lock"' in page
    assert 'type="password"' not in page


@pytest.mark.parametrize("deed", ["save", "grant", "withdraw", "forget-factor"])
def test_an_administrator_proves_it_before_changing_an_account(
    installation, world, sign_in, member, deed
):
    administrator = sign_in(world.administrator)
    grow_old(installation)
    fields = {"role": "administrator", "body": str(world.province.id), "clearance": "3"}
    answer = administrator.submit(f"/users/{member.id}", deed=deed, **fields)
    assert answer.location == f"{PATH}?next=/users/{member.id}"
    with installation.database.reading() as reading:
        held = select(RoleAssignment).where(RoleAssignment.user_id == member.id)
        assert reading.scalars(held).all() == []
    assert ended(installation) == 0


def test_the_office_proves_it_before_it_enrols_a_tablet_but_not_when_minutes_count(
    session, installation, world, member, sign_in
):
    factories.post(session, member.person, world.office)
    tablet = factories.device(session, member)
    session.commit()
    clerk = sign_in(world.clerk)
    grow_old(installation)
    assert clerk.submit(f"/users/{member.id}/devices/code").location.startswith(PATH)
    for deed in ("new-pin", "end"):
        address = f"/devices/{tablet.id}/{deed}"
        assert not clerk.submit(address).location.startswith(PATH), deed
    with installation.database.reading() as reading:
        assert reading.get_one(Device, tablet.id).ended_at


def test_a_lost_tablet_is_ended_without_being_asked_again(installation, world, sign_in, member):
    administrator = sign_in(world.administrator)
    sign_in(member)
    grow_old(installation)
    answer = administrator.submit(f"/users/{member.id}", deed="end-sign-ins")
    assert answer.location == f"/users/{member.id}"
    assert ended(installation) == 1
