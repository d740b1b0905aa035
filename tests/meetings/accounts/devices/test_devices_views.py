"""Enrolled tablets: opened with key and PIN, locked, given a new PIN, handed over, ended."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.accounts import services as accounts
from meetings.accounts.devices import services
from meetings.models import AuditEntry, Decision, Device, Role, SignIn, User
from tests import factories
from tests.tablets import PIN, Tablet

WRONG = "119900"
READING = "/meetings?show=past"


@pytest.fixture
def code(session, world):
    issued = services.issue_code(session, world.delegate)
    session.commit()
    return issued


@pytest.fixture
def tablet(app, code):
    """A tablet that the delegate enrolled; another person has one too."""
    tablet = Tablet(app)
    assert tablet.enrol(code).status_code == 303
    return tablet


@pytest.fixture
def other(app, session, world):
    issued = services.issue_code(session, world.other_delegate)
    session.commit()
    tablet = Tablet(app)
    tablet.enrol(issued)
    return tablet


def row(installation, user) -> Device:
    with installation.database.reading() as reading:
        return reading.scalars(select(Device).where(Device.user_id == user.id)).one()


def is_open(tablet) -> bool:
    return tablet.client.get("/meetings").status_code == 200


def ledger(installation, action):
    with installation.database.reading() as reading:
        lines = reading.scalars(select(AuditEntry).where(AuditEntry.action == action))
        return [(line.actor_id, line.decision) for line in lines]


def test_the_office_shows_a_code_and_the_tablet_is_the_delegates(
    app, installation, world, sign_in, other
):
    page = sign_in(world.clerk).submit(f"/users/{world.delegate.id}/devices/code")
    html = page.get_data(as_text=True)
    assert 'class="qr"' in html
    tablet = Tablet(app)
    answer = tablet.enrol(re.search(r"(?:[2-9A-Z]{4}-){2}[2-9A-Z]{4}", html)[0].lower())
    assert answer.location == "/"
    first = tablet.client.get("/").get_data(as_text=True)
    assert world.delegate.person.full_name in first
    assert "Máy đã ghi danh cho đồng chí" in first
    assert ledger(installation, "device:enrol")[-1] == (world.delegate.id, Decision.ALLOWED)
    shown = sign_in(world.clerk).get(f"/users/{world.delegate.id}/devices").get_data(as_text=True)
    assert shown.count("card-body") == 1


def test_a_locked_tablet_opens_with_the_pin_on_the_same_page(tablet):
    answer = tablet.lock(READING)
    assert answer.location.startswith("/pin?next=")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not is_open(tablet)
    asked = tablet.client.get(READING)
    assert asked.location.startswith("/sign-in?next=")
    assert tablet.client.get(asked.location).location == answer.location
    assert tablet.open(next=READING).location == READING
    assert is_open(tablet)


def test_every_opening_has_a_token_of_its_own_and_ends_the_one_before(installation, world, tablet):
    tablet.lock()
    tablet.open()
    tablet.lock()
    tablet.open()
    with installation.database.reading() as reading:
        rows = reading.scalars(select(SignIn).where(SignIn.user_id == world.delegate.id)).all()
    assert len({one.token_hash for one in rows}) == len(rows) == 3
    assert [one.ended_at is None for one in rows].count(True) == 1


def test_five_wrong_pins_lock_the_tablet_for_the_office(
    installation, world, sign_in, tablet, other
):
    tablet.lock()
    for _ in range(services.MOST_FAILURES):
        assert tablet.open(WRONG).status_code == 422
    assert tablet.open(PIN).status_code == 422
    assert not is_open(tablet)
    assert "input" not in tablet.client.get("/pin").get_data(as_text=True).split("<main")[1]
    other.lock()
    assert other.open().status_code == 303, "the neighbour's tablet is another"
    clerk = sign_in(world.clerk)
    clerk.submit(f"/devices/{row(installation, world.delegate).id}/new-pin")
    assert tablet.open("305142").status_code == 422, "a new PIN is typed twice"
    assert tablet.open("305142", again="305142").status_code == 303
    tablet.lock()
    assert tablet.open(PIN).status_code == 422
    assert tablet.open("305142").status_code == 303
    refused = [line for line in ledger(installation, "device:open") if line[1] is Decision.REFUSED]
    assert len(refused) == services.MOST_FAILURES + 2


def test_the_right_pin_forgets_what_was_tried_in_vain(installation, world, tablet):
    tablet.lock()
    for _ in range(services.MOST_FAILURES - 1):
        tablet.open(WRONG)
    assert tablet.open().status_code == 303
    assert row(installation, world.delegate).failures == 0


def test_how_many_tries_are_left_is_said(tablet):
    tablet.lock()
    assert "Còn 4 lần" in tablet.open(WRONG).get_data(as_text=True)


def test_a_new_pin_may_be_chosen_for_ten_minutes_only(
    installation, world, sign_in, tablet, monkeypatch
):
    tablet.lock()
    sign_in(world.clerk).submit(f"/devices/{row(installation, world.delegate).id}/new-pin")
    later = clock.now() + services.PIN_OPEN + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert tablet.open("305142", again="305142").status_code == 422
    assert tablet.open(PIN).status_code == 422, "the old one is gone too"


def test_two_presses_at_the_seat_bring_a_locked_tablet_back_to_its_page(world, sign_in, tablet):
    tablet.lock(READING)
    for _ in range(services.MOST_FAILURES):
        tablet.open(WRONG)
    clerk = sign_in(world.clerk)
    participants = clerk.get(f"/meetings/{world.meeting.id}/prepare").get_data(as_text=True)
    name = world.delegate.person.full_name
    line = participants[participants.index(name) :]
    desk = clerk.get(re.search(r'href="(/users/[^"]+/devices)"', line)[1])  # the first
    deed = re.search(r'action="(/devices/[^"]+/new-pin)"', desk.get_data(as_text=True))[1]
    assert clerk.submit(deed).status_code == 303, "the second, and nothing to prove before it"
    waiting = tablet.client.get(f"/pin?next={READING}").get_data(as_text=True)
    assert 'name="again"' in waiting
    opened = tablet.open("305142", again="305142", next=READING)
    assert (opened.status_code, opened.location) == (303, READING)


@pytest.mark.parametrize(
    "pin", ["123456", "000000", "112211", "12345", "abcdef", "135791", "1234567"]
)
def test_a_pin_that_is_guessed_at_once_is_refused(app, code, pin):
    assert Tablet(app).enrol(code, pin=pin, again=pin).status_code == 422


def test_the_pin_of_another_tablet_or_key_opens_nothing(app, tablet, other):
    tablet.lock()
    stolen = tablet.proof("/pin") | {"pin": PIN}
    forged = other.sign(stolen["challenge"])
    assert tablet.open(signature=forged.hex()).status_code == 422
    tablet.key = other.key
    assert tablet.open().status_code == 422
    cookieless = app.test_client()
    assert cookieless.get("/pin").location.startswith("/sign-in")
    assert cookieless.submit("/pin", **stolen).location.startswith("/sign-in")


def test_a_challenge_is_taken_once(tablet):
    tablet.lock()
    proof = tablet.proof("/pin") | {"pin": PIN}
    assert tablet.client.submit("/pin", **proof).status_code == 303
    tablet.lock()
    assert tablet.client.submit("/pin", **proof).status_code == 422


def test_an_old_challenge_is_worth_nothing(tablet, monkeypatch):
    tablet.lock()
    monkeypatch.setattr(services, "CHALLENGE_LASTS", timedelta(seconds=-1))
    assert tablet.open().status_code == 422


@pytest.mark.parametrize("given", ["", "x", "AAAA", "!"])
@pytest.mark.parametrize("name", ["challenge", "signature", "public_key"])
def test_what_is_no_proof_enrols_nothing_and_leaves_the_code_good(app, code, name, given):
    tablet = Tablet(app)
    assert tablet.enrol(code, **{name: given}).status_code == 422
    assert tablet.enrol(code).status_code == 303


def test_a_code_is_good_once(app, world, installation, code):
    assert Tablet(app).enrol(code).status_code == 303
    assert Tablet(app).enrol(code).status_code == 422
    assert ledger(installation, "device:enrol")[-1] == (None, Decision.REFUSED)


@pytest.mark.parametrize("spoil", ["used up by a newer one", "too old", "of a closed account"])
def test_a_spoilt_code_enrols_nothing(app, session, world, code, monkeypatch, spoil):
    if spoil == "used up by a newer one":
        services.issue_code(session, world.delegate)
    elif spoil == "too old":
        later = clock.now() + services.CODE_LASTS + timedelta(seconds=1)
        monkeypatch.setattr(clock, "now", lambda: later)
    else:
        session.get_one(User, world.delegate.id).active = False
    session.commit()
    assert Tablet(app).enrol(code).status_code == 422


def test_codes_cannot_be_tried_without_end(app, code):
    tablet = Tablet(app)
    beginning = code[: services.GROUP]
    answers = [tablet.enrol(f"{beginning}-AAAA-{n}{n}{n}{n}").status_code for n in range(2, 9)]
    assert 429 in answers
    assert tablet.enrol(code).status_code == 429, "the guesser waits, whatever comes next"


def test_who_enrols_after_another_takes_the_tablet_over(installation, session, world, tablet):
    tablet.lock()
    issued = services.issue_code(session, world.other_delegate)
    session.commit()
    assert tablet.enrol(issued).status_code == 303
    assert row(installation, world.delegate).ended_at
    tablet.lock()
    assert world.other_delegate.person.full_name in tablet.client.get("/pin").get_data(as_text=True)


def test_handing_over_leaves_nothing_of_the_person(installation, world, tablet, other):
    answer = tablet.client.submit("/hand-over")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert row(installation, world.delegate).ended_at
    assert not is_open(tablet)
    assert tablet.client.get("/sign-in").status_code == 200
    assert is_open(other)


def test_a_lost_tablet_is_ended_by_three_kinds_of_people(
    app, installation, session, world, sign_in
):
    for who in ("delegate", "clerk", "administrator"):
        issued = services.issue_code(session, world.delegate)
        session.commit()
        lost = Tablet(app)
        lost.enrol(issued)
        with installation.database.reading() as reading:
            device = reading.scalars(select(Device).where(Device.ended_at.is_(None))).one()
        outsider = sign_in(world.outsider)
        assert outsider.submit(f"/devices/{device.id}/end").status_code == 404
        assert is_open(lost)
        assert sign_in(getattr(world, who)).submit(f"/devices/{device.id}/end").status_code == 303
        assert not is_open(lost)
        assert lost.open().location.startswith("/sign-in")


def test_ending_everything_of_an_account_ends_its_tablets(world, sign_in, tablet, other):
    administrator = sign_in(world.administrator)
    administrator.submit(f"/users/{world.delegate.id}", deed="end-sign-ins")
    assert not is_open(tablet)
    assert tablet.client.get("/pin").location.startswith("/sign-in")
    assert is_open(other)


def test_whoever_is_given_a_privilege_uses_the_password(session, world, tablet):
    tablet.lock()
    user = session.get_one(User, world.delegate.id)
    accounts.grant(session, user, Role.CLERK, world.office)
    session.commit()
    assert tablet.client.get("/pin").location.startswith("/sign-in")


def test_the_office_enrols_no_tablet_that_reads_more_than_the_office(session, world, sign_in):
    secret = factories.user(session, clearance=2)
    factories.post(session, secret.person, world.office)
    session.commit()
    clerk = sign_in(world.clerk)
    assert clerk.get(f"/users/{secret.id}/devices").status_code == 404
    assert clerk.get(f"/users/{world.delegate.id}/devices").status_code == 200
    assert clerk.get(f"/users/{world.administrator.id}/devices").status_code == 404


def test_a_tablet_left_alone_locks_even_while_its_meeting_runs(session, world, tablet, monkeypatch):
    with_password = factories.sign_in(session, world.delegate)
    session.commit()
    assert with_password.device_id is None
    later = world.meeting.starts_at + timedelta(minutes=40)
    monkeypatch.setattr(clock, "now", lambda: later)
    asked = tablet.client.get(READING)
    assert asked.status_code == 303
    assert tablet.open(next=READING).location == READING


def test_the_participants_page_leads_to_the_tablets_the_office_may_enrol(session, world, sign_in):
    factories.participant(session, world.meeting, world.administrator.person)
    session.commit()
    html = sign_in(world.clerk).get(f"/meetings/{world.meeting.id}/prepare").get_data(as_text=True)
    assert f"/users/{world.delegate.id}/devices" in html
    assert f"/users/{world.administrator.id}/devices" not in html


def test_ones_own_page_lists_ones_own_tablets(world, tablet, other):
    html = tablet.client.get("/account/sign-ins").get_data(as_text=True)
    assert html.count('/end"') == 2, "one sign-in, one tablet"
