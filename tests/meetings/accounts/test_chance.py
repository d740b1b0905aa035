"""Chance: tokens and codes are long enough, nobody can foretell them, and codes are kept slowly."""

import base64
import math
import random
from collections import Counter

import pyotp
import pytest
from sqlalchemy import select

from meetings import clock
from meetings.accounts import services
from meetings.accounts.second_factor import services as factor
from meetings.models import RecoveryCode, SignIn
from tests import factories

SAMPLES = 64


@pytest.fixture
def account(session):
    return factories.user(session)


def tokens(session, account):
    random.seed(7)
    return [
        services.open_sign_in(session, account, address="", browser="")[1] for _ in range(SAMPLES)
    ]


def test_a_token_has_256_bits_that_all_change_and_that_no_seed_repeats(session, account):
    made = tokens(session, account)
    raw = [base64.urlsafe_b64decode(token + "=") for token in made]
    assert {len(one) for one in raw} == {32}
    for bit in range(256):
        assert {one[bit // 8] >> bit % 8 & 1 for one in raw} == {0, 1}, bit
    assert not set(made) & set(tokens(session, account))


def codes(session, account):
    random.seed(7)
    return factor.new_recovery_codes(session, account)


def test_a_recovery_code_has_more_than_twenty_bits_and_no_seed_repeats_it(session, account):
    made = codes(session, account)
    letters = [code.replace("-", "") for code in made]
    assert {len(code) for code in letters} == {12}
    assert 12 * math.log2(len(set(factor.ALPHABET))) > 59
    assert not set(made) & set(codes(session, account))
    assert len(Counter("".join(letters))) > 20


def test_the_secret_of_an_app_has_256_bits_and_is_another_each_time(session, installation):
    random.seed(7)
    first = factor.begin(session, installation.keys, factories.user(session))
    random.seed(7)
    second = factor.begin(session, installation.keys, factories.user(session))
    assert len(pyotp.TOTP(first).byte_secret()) == 32
    assert first != second


def test_recovery_codes_are_kept_as_salted_slow_hashes(session, account, monkeypatch):
    def kept():
        return session.scalars(select(RecoveryCode.code_hash)).all()

    codes(session, account)
    before = set(kept())
    costs = []
    real = factor.hash_secret_raw
    monkeypatch.setattr(factor, "hash_secret_raw", lambda *a, **o: costs.append(o) or real(*a, **o))
    codes(session, account)
    salts = {one[: 2 * factor.SALT_BYTES] for one in kept()}
    assert len(salts) == 1
    assert not salts & {one[: 2 * factor.SALT_BYTES] for one in before}, "a new salt each time"
    assert all(o["memory_cost"] >= 19 * 1024 and o["time_cost"] >= 2 for o in costs)
    assert len(costs) == factor.RECOVERY_CODES


def test_one_sign_in_too_many_ends_the_oldest(session, account):
    other, _ = services.open_sign_in(session, factories.user(session), address="", browser="")
    for _ in range(services.SIGN_INS_AT_ONCE + 3):
        services.open_sign_in(session, account, address="", browser="")
    rows = session.scalars(
        select(SignIn).where(SignIn.user_id == account.id).order_by(SignIn.created_at, SignIn.id)
    ).all()
    ended = [row.ended_at is not None for row in rows]
    assert ended == [True] * 3 + [False] * services.SIGN_INS_AT_ONCE
    assert other.ended_at is None


def test_a_new_password_by_secret_does_not_go_around_the_second_factor(
    client, session, installation, world
):
    telephone = pyotp.TOTP(factor.begin(session, installation.keys, world.clerk))
    factor.take(
        session, installation.keys, world.clerk, telephone.at(clock.now(), counter_offset=-1)
    )
    secret = services.issue_secret(session, world.clerk)
    session.commit()
    name, new = world.clerk.username, "mai đi họp nhớ mang kính"
    client.submit("/activate", username=name, secret=secret, password=new, again=new)
    assert client.submit("/sign-in", username=name, password=new).location == "/sign-in/code?next=/"
    assert client.get("/account/sign-ins").status_code == 303
    assert client.submit("/sign-in/code", code=telephone.now()).location == "/"
    assert client.get("/account/sign-ins").status_code == 200
