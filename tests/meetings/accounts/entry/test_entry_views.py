"""Signing in and out, and the first password."""

import pytest
from sqlalchemy import select

from meetings.accounts import services
from meetings.models import AuditEntry, Decision, Feedback, Role, SignIn, User

PASSWORD = "trời hôm nay đẹp lắm"
OWN_PAGE = "/account/sign-ins"


@pytest.fixture
def member(session, installation, world):
    """A delegate who has a password."""
    services.set_password(session, installation.keys, world.delegate, PASSWORD)
    session.commit()
    return world.delegate


@pytest.fixture
def newcomer(session, world):
    """A delegate who holds a one-time secret, and the secret."""
    secret = services.issue_secret(session, world.delegate)
    session.commit()
    return world.delegate, secret


def enter(client, user, password=PASSWORD, **fields):
    return client.submit("/sign-in", username=user.username, password=password, **fields)


def is_in(client):
    return client.get(OWN_PAGE).status_code == 200


def rows(installation, query):
    with installation.database.reading() as reading:
        return reading.scalars(query).all()


def stored_hash(installation, user):
    return rows(installation, select(User).where(User.id == user.id))[0].password_hash


def ledger(installation):
    lines = rows(installation, select(AuditEntry).order_by(AuditEntry.seq))
    return [(line.action, line.actor_id, line.decision) for line in lines]


def test_the_right_password_lets_a_person_in(client, member):
    assert not is_in(client)
    answer = enter(client, member)
    assert (answer.status_code, answer.location) == (303, "/")
    assert is_in(client)


def test_blanks_around_a_name_are_forgiven(client, member):
    answer = client.submit("/sign-in", username=f" {member.username} ", password=PASSWORD)
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/meetings?day=today", "/meetings?day=today"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_on_to_pages_of_this_site_only(client, member, wanted, led_to):
    assert enter(client, member, next=wanted).location == led_to


def test_who_is_in_already_is_led_on(client, member):
    enter(client, member)
    answer = client.get("/sign-in?next=/meetings")
    assert (answer.status_code, answer.location) == (303, "/meetings")


def test_the_page_remembers_where_a_person_wanted_to_go(client):
    html = client.get("/sign-in?next=/meetings").get_data(as_text=True)
    assert 'name="next" value="/meetings"' in html


def close(session, user):
    user.active = False


def take_password(session, user):
    user.password_hash = ""


def leave(session, user):
    """Change nothing."""


@pytest.mark.parametrize(
    ("name", "password", "change"),
    [
        (None, "a wrong password", leave),
        ("nobody", PASSWORD, leave),
        (None, PASSWORD, close),
        (None, PASSWORD, take_password),
    ],
    ids=["wrong password", "wrong name", "closed", "never activated"],
)
def test_every_refusal_reads_alike_and_costs_one_comparison(
    client, installation, session, member, monkeypatch, name, password, change
):
    change(session, session.merge(member))
    session.commit()
    compared = []
    matches = services._matches

    def note(stored, peppered):
        compared.append(stored)
        return matches(stored, peppered)

    monkeypatch.setattr(services, "_matches", note)
    sent = {"username": name or member.username, "password": password}
    answer = client.submit("/sign-in", **sent)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Tên tài khoản hoặc mật khẩu chưa đúng." in text
    assert password not in text
    assert len(compared) == 1
    assert compared[0] in {stored_hash(installation, member), *services.DECOYS}
    assert not is_in(client)


def test_an_empty_form_is_answered_without_any_comparison(client, monkeypatch):
    monkeypatch.setattr(services, "check_password", None)
    assert client.submit("/sign-in", username="", password="").status_code == 422


def test_a_sign_in_without_its_token_is_refused(client, member):
    sent = {"username": member.username, "password": PASSWORD}
    assert client.post("/sign-in", data=sent).status_code == 403
    assert not is_in(client)


def test_success_and_failure_leave_lines_with_ids_only(client, installation, member):
    enter(client, member, password="wrong")
    client.submit("/sign-in", username="nobody", password="wrong")
    enter(client, member)
    assert ledger(installation) == [
        ("account:sign-in", member.id, Decision.REFUSED),
        ("account:sign-in", None, Decision.REFUSED),
        ("account:sign-in", member.id, Decision.ALLOWED),
    ]
    details = [line.detail for line in rows(installation, select(AuditEntry))]
    assert details == [{}, {}, {}]


def test_nothing_that_the_browser_held_before_survives_signing_in(client, member):
    with client.session_transaction() as cookie:
        cookie["planted"] = "by a stranger"
    enter(client, member)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie


def test_others_may_write_while_a_password_is_compared(client, installation, member, monkeypatch):
    check = services.check_password

    def write_and_check(*arguments):
        row = Feedback(user_id=member.id, text="meanwhile")
        installation.database.write(lambda session: session.add(row))
        return check(*arguments)

    monkeypatch.setattr(services, "check_password", write_and_check)
    assert enter(client, member).status_code == 303
    assert len(rows(installation, select(Feedback))) == 1


@pytest.mark.parametrize("meanwhile", ["password changed", "account closed"])
def test_a_password_that_fell_while_it_was_compared_opens_nothing(
    client, installation, member, monkeypatch, meanwhile
):
    check = services.check_password

    def change(session):
        user = session.get_one(User, member.id)
        if meanwhile == "account closed":
            services.change_user(session, user, clearance=user.clearance, active=False)
        else:
            services.set_password(session, installation.keys, user, "another password")

    def check_then_change(*arguments):
        answer = check(*arguments)
        installation.database.write(change)
        return answer

    monkeypatch.setattr(services, "check_password", check_then_change)
    assert enter(client, member).status_code == 422
    assert rows(installation, select(SignIn)) == []


def test_a_password_is_hashed_anew_when_the_role_asks_for_more(
    client, session, installation, member, world
):
    services.grant(session, session.merge(member), Role.CLERK, world.office)
    session.commit()
    assert "m=19456" in stored_hash(installation, member)
    assert enter(client, member).status_code == 303
    renewed = stored_hash(installation, member)
    assert "m=65536,t=3,p=1" in renewed
    assert services.check_password(installation.keys, renewed, PASSWORD)


def test_a_password_of_todays_parameters_is_left_alone(client, installation, member):
    before = stored_hash(installation, member)
    enter(client, member)
    assert stored_hash(installation, member) == before


def test_a_cookie_kept_from_before_signing_out_opens_nothing(app, client, installation, member):
    enter(client, member)
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(kept)
    assert is_in(thief)
    answer = client.submit("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert not is_in(client)
    assert not is_in(thief)
    assert rows(installation, select(SignIn))[0].ended_at is not None


def test_a_stranger_who_signs_out_is_led_to_the_sign_in(client):
    assert client.submit("/sign-out").location == "/sign-in"


def activate(client, user, held, **changes):
    sent = {"username": user.username, "secret": held, "password": PASSWORD, "again": PASSWORD}
    return client.submit("/activate", **sent | changes)


def test_a_secret_becomes_a_password(client, newcomer):
    user, secret = newcomer
    assert client.get("/activate").status_code == 200
    answer = activate(client, user, f" {secret} ")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert enter(client, user).status_code == 303


def test_a_secret_works_once(client, newcomer):
    user, secret = newcomer
    assert activate(client, user, secret).status_code == 303
    assert activate(client, user, secret).status_code == 422


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"password": "mười một kt", "again": "mười một kt"}, "ít nhất 12 ký tự"),
        ({"again": "trời hôm nay đẹp"}, "Hai mật khẩu không giống nhau"),
        ({"secret": "wrong"}, "Mã này không còn dùng được"),
        ({"username": "someone else"}, "Mã này không còn dùng được"),
        ({"secret": ""}, "Vui lòng điền"),
    ],
)
def test_a_failed_activation_says_why_and_leaves_the_secret_good(
    client, installation, newcomer, changes, message
):
    user, secret = newcomer
    answer = activate(client, user, secret, **changes)
    assert answer.status_code == 422
    assert message in answer.get_data(as_text=True)
    assert stored_hash(installation, user) == ""
    assert activate(client, user, secret).status_code == 303


def test_a_password_may_not_hold_the_accounts_name(client, installation, newcomer):
    user, secret = newcomer
    bad = f"xx {user.username.upper()} yyyyyyy"
    answer = activate(client, user, secret, password=bad, again=bad)
    assert answer.status_code == 422
    assert "không được chứa tên tài khoản" in answer.get_data(as_text=True)
    assert stored_hash(installation, user) == ""
