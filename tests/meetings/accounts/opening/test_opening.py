"""An administrator opens an account and hands out a one-time secret, which lets a person in."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from meetings import clock
from meetings.accounts.again.services import PROOF_LASTS
from meetings.accounts.opening.services import suggested
from meetings.models import AccessLevel, AuditEntry, OneTimeSecret, SignIn, User
from tests import factories

SECRET = re.compile(r'<code class="secret">([^<]+)</code>')
LONG_ENOUGH = "một câu dài dễ nhớ của tôi"


@pytest.fixture
def newcomer(session):
    """A person without an account."""
    person = factories.person(session, full_name="Lục Thị Thu Trang")
    session.commit()
    return person


@pytest.fixture
def desk(world, sign_in):
    return sign_in(world.administrator)


@pytest.fixture
def long_ago(session, desk):
    """Everybody's proof of who they are is worn out."""
    past = clock.now() - PROOF_LASTS - timedelta(seconds=1)
    session.execute(update(SignIn).values(confirmed_at=past))
    session.commit()


def secret_of(answer) -> tuple[str, str]:
    assert answer.status_code == 200
    name, secret = SECRET.findall(answer.get_data(as_text=True))
    return name, secret


def set_password(client, username: str, secret: str, password: str = LONG_ENOUGH):
    filled = {"username": username, "secret": secret, "password": password, "again": password}
    return client.submit("/activate", **filled)


def test_a_free_name_is_suggested_from_the_given_name_and_the_other_initials(session):
    assert suggested(session, "Lục Thị Thu Trang") == "trang.ltt"
    factories.user(session, username="trang.ltt")
    factories.user(session, username="trang.ltt2")
    assert suggested(session, "Lục Thị Thu Trang") == "trang.ltt3"
    assert suggested(session, "Đèo Văn Ủ") == "u.dv"
    assert suggested(session, "Mẩy") == "may"


def test_an_opened_account_is_entered_with_its_secret_once(session, desk, client, newcomer):
    address = f"/people/{newcomer.id}/account"
    assert 'value="trang.ltt"' in desk.get(address).get_data(as_text=True)
    name, secret = secret_of(desk.submit(address, username="trang.ltt", clearance="1"))
    account = session.scalars(select(User).where(User.person_id == newcomer.id)).one()
    assert (account.username, account.clearance) == (name, AccessLevel.INTERNAL)
    assert account.password_hash == ""
    session.commit()
    assert set_password(client, name, secret).status_code == 303
    assert set_password(client, name, secret).status_code != 303


def test_a_person_has_one_account_and_its_page_is_shown_instead(session, world, desk):
    address = f"/people/{world.delegate.person_id}/account"
    for answer in (desk.get(address), desk.submit(address, username="khac.ten", clearance="1")):
        assert (answer.status_code, answer.location) == (303, f"/users/{world.delegate.id}")
    page = desk.get(f"/people/{world.delegate.person_id}").get_data(as_text=True)
    assert world.delegate.username in page
    assert "/account" not in page.split("<main")[1]


@pytest.mark.parametrize("name", ["", "Trang", "trang ltt", "tr", "trâng", "..", "x" * 61, "a..b"])
def test_a_name_that_cannot_be_typed_everywhere_is_refused(session, desk, newcomer, name):
    answer = desk.submit(f"/people/{newcomer.id}/account", username=name, clearance="1")
    assert answer.status_code == 422
    assert session.scalar(select(User).where(User.person_id == newcomer.id)) is None


def test_a_name_that_is_taken_is_refused_with_a_sentence(session, world, desk, newcomer):
    filled = {"username": world.delegate.username, "clearance": "1"}
    answer = desk.submit(f"/people/{newcomer.id}/account", **filled)
    assert answer.status_code == 422
    assert "đã có người dùng" in answer.get_data(as_text=True)


@pytest.mark.parametrize("who", ["clerk", "delegate", "outsider"])
def test_nobody_else_opens_accounts_or_hands_out_secrets(session, world, sign_in, newcomer, who):
    client = sign_in(getattr(world, who))
    address, secrets = f"/people/{newcomer.id}/account", f"/users/{world.delegate.id}/secret"
    assert client.get(address).status_code == 404
    assert client.submit(address, username="trang.ltt", clearance="2").status_code == 404
    assert client.submit(secrets).status_code == 404
    assert session.scalar(select(OneTimeSecret)) is None


def test_who_forgot_the_password_sets_another_and_older_secrets_open_nothing(
    session, world, desk, client
):
    address = f"/users/{world.delegate.id}/secret"
    name, older = secret_of(desk.submit(address))
    _, newer = secret_of(desk.submit(address))
    assert set_password(client, name, older).status_code != 303
    assert set_password(client, name, newer).status_code == 303


@pytest.mark.parametrize("deed", ["opening", "secret"])
def test_who_did_not_prove_lately_who_they_are_does_so_first(
    session, world, desk, newcomer, long_ago, deed
):
    opening = f"/people/{newcomer.id}/account"
    if deed == "opening":
        answer = desk.submit(opening, username="trang.ltt", clearance="1")
    else:
        answer = desk.submit(f"/users/{world.delegate.id}/secret")
    assert answer.location.startswith("/account/again")
    assert session.scalar(select(OneTimeSecret)) is None


def test_the_secret_itself_is_nowhere_in_the_ledger(session, world, desk, newcomer):
    address = f"/people/{newcomer.id}/account"
    _, secret = secret_of(desk.submit(address, username="trang.ltt", clearance="1"))
    lines = session.scalars(select(AuditEntry)).all()
    assert "person:account" in {line.action for line in lines}
    assert all(secret not in str(vars(line)) for line in lines)
