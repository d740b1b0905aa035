"""Changing one's own password: the old one first, and every other device signs in anew."""

import pytest
from sqlalchemy import select

from meetings.accounts import services
from meetings.accounts.throttle.services import FREE_ATTEMPTS
from meetings.models import AuditEntry, Decision, SignIn, User

OLD, NEW = "trời hôm nay đẹp lắm", "mai đi họp nhớ mang kính"
PATH = "/account/password"


@pytest.fixture
def member(session, installation, world):
    """A delegate who has a password; another person has one too."""
    for user in (world.delegate, world.other_delegate):
        services.set_password(session, installation.keys, user, OLD)
    session.commit()
    return world.delegate


@pytest.fixture
def desk(member, sign_in):
    return sign_in(member)


def change(client, **changes):
    return client.submit(PATH, **({"current": OLD, "password": NEW, "again": NEW} | changes))


def accepts(installation, user, password) -> bool:
    with installation.database.reading() as reading:
        stored = reading.get_one(User, user.id).password_hash
    return services.check_password(installation.keys, stored, password)


def ledger(installation):
    with installation.database.reading() as reading:
        lines = reading.scalars(select(AuditEntry).order_by(AuditEntry.seq))
        return [(line.action, line.actor_id, line.decision) for line in lines]


def test_the_new_password_opens_and_the_old_one_no_longer(installation, world, member, desk):
    answer = change(desk)
    assert (answer.status_code, answer.location) == (303, "/account/sign-ins")
    assert accepts(installation, member, NEW)
    assert not accepts(installation, member, OLD)
    assert accepts(installation, world.other_delegate, OLD)
    assert ledger(installation) == [("account:password", member.id, Decision.ALLOWED)]


def test_the_device_is_known_from_then_on(desk):
    assert any(
        cookie.startswith("device=") for cookie in change(desk).headers.getlist("Set-Cookie")
    )


def test_this_sign_in_goes_on_and_every_other_ends(installation, world, member, desk, sign_in):
    elsewhere, stranger = sign_in(member), sign_in(world.other_delegate)
    change(desk)
    assert desk.get("/account/sign-ins").status_code == 200
    assert elsewhere.get("/account/sign-ins").status_code == 303
    assert stranger.get("/account/sign-ins").status_code == 200
    with installation.database.reading() as reading:
        ended = reading.scalars(select(SignIn).where(SignIn.ended_at.is_not(None))).all()
    assert {row.user_id for row in ended} == {member.id}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"current": "sai"}, "Mật khẩu hiện tại không đúng."),
        ({"current": ""}, "Vui lòng điền mục này."),
        ({"again": "khác hẳn cái trên kia"}, "Hai mật khẩu"),
        ({"password": "ngắn", "again": "ngắn"}, "12 ký tự"),
    ],
)
def test_what_is_not_right_changes_nothing_and_says_why(
    installation, member, desk, changes, sentence
):
    answer = change(desk, **changes)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert accepts(installation, member, OLD)


def test_a_password_with_the_own_account_name_is_refused(installation, member, desk):
    named = f"họp cùng {member.username} sáng mai"
    assert change(desk, password=named, again=named).status_code == 422
    assert accepts(installation, member, OLD)


def test_guessing_the_old_password_is_slowed_down_and_written_down(installation, member, desk):
    for _ in range(FREE_ATTEMPTS):
        assert change(desk, current="sai").status_code == 422
    answer = change(desk)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert accepts(installation, member, OLD)
    assert ledger(installation) == [("account:password", member.id, Decision.REFUSED)] * 5


def test_a_password_changed_meanwhile_is_not_overwritten(
    session, installation, member, desk, monkeypatch
):
    hashing = services.hash_password

    def meanwhile(*arguments, **options):
        made = hashing(*arguments, **options)
        account = session.get_one(User, member.id)
        account.password_hash = "changed by an administrator"
        session.commit()
        return made

    monkeypatch.setattr(services, "hash_password", meanwhile)
    assert change(desk).status_code == 422
    with installation.database.reading() as reading:
        stored = reading.get_one(User, member.id).password_hash
    assert stored == "changed by an administrator"


def test_a_stranger_is_sent_to_the_way_in(client, member):
    assert client.get(PATH).status_code == 303
