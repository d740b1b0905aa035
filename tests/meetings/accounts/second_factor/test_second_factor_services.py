"""Codes of an authenticator app: each taken once, near its time, by its account alone."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from meetings import clock
from meetings.accounts.second_factor import services as factor
from meetings.models import RecoveryCode, SecondFactor
from tests import factories


@pytest.fixture
def keys(installation):
    return installation.keys


@pytest.fixture
def account(session):
    return factories.user(session)


@pytest.fixture
def telephone(session, keys, account):
    """The authenticator app that holds the account's secret."""
    return pyotp.TOTP(factor.begin(session, keys, account))


@pytest.fixture
def confirmed(session, keys, account, telephone, monkeypatch):
    """The recovery codes of a factor that is in use; a minute has passed since."""
    codes = factor.take(session, keys, account, telephone.at(clock.now()))
    later = clock.now() + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    return codes


def test_the_first_right_code_confirms_the_secret_and_brings_recovery_codes(
    session, keys, account, telephone
):
    assert factor.factor_of(session, account) is None
    assert factor.take(session, keys, account, "no code") is None
    codes = factor.take(session, keys, account, telephone.at(clock.now()))
    assert len(set(codes)) == 10
    assert factor.factor_of(session, account) is not None
    assert factor.secret_of(session, keys, account) is None, "shown until it is confirmed"


def test_beginning_twice_keeps_the_secret_that_the_app_may_hold(session, keys, account, telephone):
    assert factor.begin(session, keys, account) == telephone.secret


@pytest.mark.parametrize(
    ("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_is_right_for_half_a_minute_on_either_side(
    session, keys, account, telephone, confirmed, steps, right
):
    code = telephone.at(clock.now(), counter_offset=steps)
    assert (factor.take(session, keys, account, code) == []) is right


def test_a_code_is_taken_once_and_none_before_it(session, keys, account, telephone, confirmed):
    now, before = (telephone.at(clock.now(), counter_offset=step) for step in (0, -1))
    assert factor.take(session, keys, account, f" {now[:3]} {now[3:]} ") == []
    assert factor.take(session, keys, account, now) is None
    assert factor.take(session, keys, account, before) is None
    assert factor.take(session, keys, account, telephone.at(clock.now(), counter_offset=1)) == []


@pytest.mark.parametrize("code", ["", "000000x", "12345", "đoán mò", "９９９９９９"])
def test_anything_else_is_wrong(session, keys, account, telephone, confirmed, code):
    assert factor.take(session, keys, account, code) is None


def test_a_recovery_code_works_once_however_it_is_typed(session, keys, account, confirmed):
    code = confirmed[3]
    assert factor.take(session, keys, account, code.upper().replace("-", " ")) == []
    assert factor.take(session, keys, account, code) is None
    assert factor.take(session, keys, account, confirmed[4]) == []


def test_codes_open_no_other_account(session, keys, account, telephone, confirmed):
    other = factories.user(session)
    factor.begin(session, keys, other)
    for code in (telephone.at(clock.now()), confirmed[0]):
        assert factor.take(session, keys, other, code) is None


def test_new_recovery_codes_end_the_older_ones(session, keys, account, confirmed):
    fresh = factor.new_recovery_codes(session, account)
    assert factor.take(session, keys, account, confirmed[0]) is None
    assert factor.take(session, keys, account, fresh[0]) == []


def test_neither_secret_nor_recovery_code_lies_plain_in_the_database(session, telephone, confirmed):
    (row,) = session.scalars(select(SecondFactor))
    assert telephone.byte_secret() not in row.secret
    kept = set(session.scalars(select(RecoveryCode.code_hash)))
    assert not kept & set(confirmed)


def test_a_secret_moved_to_another_account_is_no_use(session, keys, account, telephone, confirmed):
    (row,) = session.scalars(select(SecondFactor))
    row.user_id = factories.user(session).id
    session.flush()
    thief = session.get_one(type(account), row.user_id)
    with pytest.raises(Exception, match="another key or context"):
        factor.take(session, keys, thief, telephone.at(clock.now()))


def test_who_lost_the_telephone_begins_anew(session, keys, account, telephone, confirmed):
    factor.forget(session, account)
    assert factor.factor_of(session, account) is None
    assert factor.take(session, keys, account, confirmed[0]) is None
    assert factor.begin(session, keys, account) != telephone.secret


def test_the_picture_says_whose_account_it_is(account, telephone):
    address = factor.address(account, telephone.secret)
    assert account.username in address
    assert f"secret={telephone.secret}" in address
