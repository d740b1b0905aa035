"""Passwords, one-time secrets, sign-ins, roles."""

import hashlib
import threading
import unicodedata
from datetime import timedelta

import pytest
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import func, select

from meetings import clock
from meetings.accounts import services
from meetings.models import AccessLevel, Body, OneTimeSecret, Role, RoleAssignment, SignIn
from meetings.web.visitors import visitor_of
from tests import factories

PASSWORD = "trời hôm nay đẹp lắm"


@pytest.fixture
def keys(installation):
    return installation.keys


@pytest.fixture
def account(session, world):
    return world.delegate


def parameters(stored):
    return stored.split("$")[1:4]


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_a_password_is_kept_as_argon2id_and_never_in_the_open(session, keys, account):
    services.set_password(session, keys, account, PASSWORD)
    assert account.password_hash.startswith("$argon2id$")
    assert PASSWORD not in account.password_hash
    assert services.check_password(keys, account.password_hash, PASSWORD)
    assert not services.check_password(keys, account.password_hash, PASSWORD + "!")


def test_a_stolen_database_is_of_no_use_without_the_pepper(keys):
    stored = services.hash_password(keys, PASSWORD, privileged=False)
    with pytest.raises(VerifyMismatchError):
        services.LIGHT.verify(stored, PASSWORD)


def test_the_same_password_is_never_stored_alike(keys):
    made = {services.hash_password(keys, PASSWORD, privileged=False) for _ in range(2)}
    assert len(made) == 2


def test_those_who_change_what_others_see_have_costlier_passwords(session, keys, world):
    for user in (world.clerk, world.administrator):
        services.set_password(session, keys, user, PASSWORD)
        assert parameters(user.password_hash) == ["argon2id", "v=19", "m=65536,t=3,p=1"]
    for user in (world.delegate, world.researcher):
        services.set_password(session, keys, user, PASSWORD)
        assert parameters(user.password_hash) == ["argon2id", "v=19", "m=19456,t=2,p=1"]


def test_a_new_role_asks_for_a_new_hash(session, keys, world):
    stored = services.hash_password(keys, PASSWORD, privileged=False)
    assert not services.needs_rehash(stored, privileged=False)
    services.grant(session, world.delegate, Role.CLERK, world.office)
    privileged = services.is_privileged(session, world.delegate)
    assert services.needs_rehash(stored, privileged=privileged)


def test_a_tablet_that_types_decomposed_letters_has_a_second_chance(keys):
    stored = services.hash_password(keys, PASSWORD, privileged=False)
    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD
    assert services.check_password(keys, stored, decomposed)
    assert not services.check_password(keys, stored, decomposed[:-1])


def test_a_password_set_in_decomposed_letters_is_good_on_every_other_device(keys):
    stored = services.hash_password(keys, unicodedata.normalize("NFD", PASSWORD), privileged=False)
    assert services.check_password(keys, stored, PASSWORD)
    assert not services.check_password(keys, stored, PASSWORD[:-1])


@pytest.mark.parametrize("stored", ["", "not a hash", "$argon2id$v=19$m=1$x"])
def test_nothing_opens_an_account_without_a_proper_password(keys, stored):
    assert not services.check_password(keys, stored, "")
    assert not services.check_password(keys, stored, PASSWORD)


def test_a_name_without_a_password_costs_as_much_as_a_clerks_or_a_delegates(keys):
    cost = {parameters(decoy)[2] for decoy in services.DECOYS}
    made = [services.hash_password(keys, PASSWORD, privileged=each) for each in (True, False)]
    assert cost == {parameters(stored)[2] for stored in made}
    assert {services.decoy(keys, f"name{n}") for n in range(64)} == set(services.DECOYS)


@pytest.mark.parametrize("decoy", services.DECOYS)
def test_a_decoy_is_compared_in_full_and_matches_nothing(decoy):
    with pytest.raises(VerifyMismatchError):
        services.LIGHT.verify(decoy, PASSWORD)


def test_a_name_keeps_its_decoy(keys):
    for number in range(16):
        found = {services.decoy(keys, f"name{number}") for _ in range(3)}
        assert len(found) == 1


def test_no_more_than_two_passwords_are_hashed_at_once(keys):
    done = threading.Event()

    def hash_one():
        services.hash_password(keys, PASSWORD, privileged=False)
        done.set()

    thread = threading.Thread(target=hash_one)
    with services.HASHES_AT_ONCE, services.HASHES_AT_ONCE:
        thread.start()
        assert not done.wait(0.25)
    thread.join(10)
    assert done.is_set()


def test_an_account_is_found_by_its_name_while_it_is_open(session, account):
    factories.user(session, username=account.username + "x")
    assert services.account_named(session, account.username) == account
    account.active = False
    session.flush()
    assert services.account_named(session, account.username) is None
    assert services.account_named(session, "nobody") is None


def test_a_new_account_has_its_person_clearance_and_roles(session, keys, world):
    person = factories.person(session)
    made = services.add_user(
        session,
        keys,
        username="le.van.binh",
        person=person,
        password=PASSWORD,
        clearance=AccessLevel.RESTRICTED,
        roles=[(Role.CLERK, world.office), (Role.RESEARCHER, world.commune)],
        demo=True,
    )
    held = session.scalars(select(RoleAssignment).where(RoleAssignment.user_id == made.id))
    assert {(one.role, one.body_id) for one in held} == {
        (Role.CLERK, world.office.id),
        (Role.RESEARCHER, world.commune.id),
    }
    assert (made.person_id, made.clearance, made.demo) == (person.id, AccessLevel.RESTRICTED, True)
    assert made.password_hash.startswith("$argon2id$v=19$m=65536,")


def test_a_new_account_without_password_waits_for_a_secret(session, keys):
    made = services.add_user(session, keys, username="moi", person=factories.person(session))
    assert made.password_hash == ""
    assert not services.check_password(keys, made.password_hash, "")


def test_the_database_keeps_only_the_hash_of_a_sign_ins_token(session, account):
    before = clock.now()
    row, token = services.open_sign_in(session, account, address="10.0.0.7", browser="b" * 999)
    assert row.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert len(token) == 43, "256 bits in base64"
    assert (row.address, row.browser) == ("10.0.0.7", "b" * 200)
    assert timedelta(hours=12) <= row.expires_at - before < timedelta(hours=12, minutes=1)
    assert visitor_of(session, token).sign_in_id == row.id


def test_each_sign_in_has_a_token_of_its_own(session, account):
    tokens = {services.open_sign_in(session, account, address="", browser="")[1] for _ in range(5)}
    assert len(tokens) == 5


@pytest.mark.parametrize("change", ["ended", "run out", "account closed"])
def test_a_token_opens_nothing_once_its_sign_in_is_over(session, account, change):
    row, token = services.open_sign_in(session, account, address="", browser="")
    if change == "ended":
        services.end_sign_in(session, row)
    elif change == "run out":
        row.expires_at = clock.now()
    else:
        account.active = False
    session.flush()
    assert visitor_of(session, token) is None


def test_ending_twice_keeps_the_first_moment(session, account):
    row, _token = services.open_sign_in(session, account, address="", browser="")
    services.end_sign_in(session, row)
    first = row.ended_at
    services.end_sign_in(session, row)
    assert row.ended_at == first


def over(session):
    return set(session.scalars(select(SignIn.user_id).where(SignIn.ended_at.is_not(None))))


def test_a_new_password_ends_what_the_old_one_opened_and_nobody_elses(session, keys, world):
    for user in (world.delegate, world.other_delegate):
        services.open_sign_in(session, user, address="", browser="")
    services.set_password(session, keys, world.delegate, PASSWORD)
    assert over(session) == {world.delegate.id}


def test_closing_an_account_ends_its_sign_ins_and_opening_it_does_not_revive_them(session, world):
    kept = services.open_sign_in(session, world.other_delegate, address="", browser="")[1]
    token = services.open_sign_in(session, world.delegate, address="", browser="")[1]
    for active in (False, True):
        services.change_user(
            session, world.delegate, clearance=AccessLevel.RESTRICTED, active=active
        )
        session.flush()
    assert world.delegate.clearance is AccessLevel.RESTRICTED
    assert visitor_of(session, token) is None
    assert visitor_of(session, kept) is not None


def test_changing_a_clearance_leaves_an_open_account_signed_in(session, account):
    token = services.open_sign_in(session, account, address="", browser="")[1]
    services.change_user(session, account, clearance=AccessLevel.NORMAL, active=True)
    session.flush()
    assert visitor_of(session, token) is not None


@pytest.mark.parametrize("change", ["given", "taken away", "given again"])
def test_a_change_of_roles_asks_to_sign_in_anew_and_nobody_else(session, world, change):
    kept = services.open_sign_in(session, world.researcher, address="", browser="")[1]
    token = services.open_sign_in(session, world.clerk, address="", browser="")[1]
    (held,) = session.scalars(
        select(RoleAssignment).where(RoleAssignment.user_id == world.clerk.id)
    )
    if change == "given":
        services.grant(session, world.clerk, Role.RESEARCHER, world.commune)
    elif change == "taken away":
        services.withdraw(session, world.clerk, held)
    else:
        services.grant(session, world.clerk, held.role, session.get_one(Body, held.body_id))
    session.flush()
    assert (visitor_of(session, token) is None) is (change != "given again")
    assert visitor_of(session, kept) is not None


def test_a_one_time_secret_has_128_bits_of_chance(session, account):
    secrets = {services.issue_secret(session, account) for _ in range(5)}
    assert {len(secret) for secret in secrets} == {22}, "16 bytes in base64"
    assert len(secrets) == 5


def test_a_secret_sets_a_password_once_and_ends_older_sign_ins(session, account):
    services.open_sign_in(session, account, address="", browser="")
    secret = services.issue_secret(session, account)
    assert services.redeem_secret(session, account.username, secret, "first") == account
    assert services.redeem_secret(session, account.username, secret, "second") is None
    assert account.password_hash == "first"
    assert over(session) == {account.id}


def test_a_secret_is_kept_as_a_hash_for_three_days(session, account):
    before = clock.now()
    secret = services.issue_secret(session, account)
    row = session.scalars(select(OneTimeSecret)).one()
    assert row.secret_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert timedelta(hours=72) <= row.expires_at - before < timedelta(hours=72, minutes=1)


@pytest.mark.parametrize("fault", ["wrong", "someone else's", "run out", "account closed"])
def test_a_secret_that_is_not_valid_changes_nothing(session, world, fault):
    account, name = world.delegate, world.delegate.username
    secret = services.issue_secret(session, account)
    if fault == "wrong":
        secret = secret.swapcase()
    elif fault == "someone else's":
        name = world.other_delegate.username
    elif fault == "run out":
        session.scalars(select(OneTimeSecret)).one().expires_at = clock.now()
    else:
        account.active = False
    session.flush()
    assert services.redeem_secret(session, name, secret, "new") is None
    assert (account.password_hash, world.other_delegate.password_hash) == ("", "")


def test_a_role_is_held_once_in_a_body_and_may_be_held_in_another(session, world):
    before = count(session, RoleAssignment)
    for body in (world.office, world.office, world.commune):
        services.grant(session, world.delegate, Role.RESEARCHER, body)
    assert count(session, RoleAssignment) == before + 2


def test_a_role_is_taken_away_from_its_holder_only(session, world):
    services.grant(session, world.delegate, Role.CLERK, world.office)
    held = session.scalars(
        select(RoleAssignment).where(RoleAssignment.user_id == world.delegate.id)
    ).one()
    services.withdraw(session, world.clerk, held)
    assert services.is_privileged(session, world.delegate)
    services.withdraw(session, world.delegate, held)
    assert not services.is_privileged(session, world.delegate)
    assert services.is_privileged(session, world.clerk), "others keep theirs"
