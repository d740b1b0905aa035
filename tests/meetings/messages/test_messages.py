"""People are told that something waits, in the ways they wish, and never what it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from meetings import clock, jobs
from meetings.messages import services, tasks
from meetings.messages.queries import failed_since, messages_about
from meetings.models import Job, Message, MessageKind, MessageState, Way
from tests import factories
from tests.meetings.carriers import servers
from tests.meetings.messages.conftest import MAIL, MOBILE

INVITATION = MessageKind.INVITATION


def tell(session, settings, *people, meeting=None):
    return services.tell(
        session, settings, [one.person_id for one in people], INVITATION, meeting=meeting
    )


def test_who_is_reached_is_told_in_every_way_and_who_is_not_is_counted(
    session, settings, world, delegate_reached, outside, send_all
):
    told = tell(session, settings, world.delegate, world.other_delegate, meeting=world.meeting)
    assert (told.reached, told.unreached) == (1, 1)
    sent = send_all()
    assert {(one.way, one.state, one.person_id) for one in sent} == {
        (way, MessageState.SENT, world.delegate.person_id) for way in Way
    }
    assert all(one.sent_at for one in sent)
    mail, short = outside
    assert MAIL in mail.texts[0]
    assert short.texts[0]["to"] == MOBILE


def test_what_a_person_does_not_wish_is_not_sent(
    session, settings, world, delegate_reached, outside, send_all
):
    services.keep(session, world.delegate.person, by_sms=False)
    tell(session, settings, world.delegate)
    assert [one.way for one in send_all()] == [Way.MAIL]
    services.keep(session, world.delegate.person, by_mail=False)
    assert tell(session, settings, world.delegate).unreached == 1


def test_the_same_is_not_sent_twice_while_it_is_on_its_way(
    session, settings, world, delegate_reached
):
    for _ in range(2):
        tell(session, settings, world.delegate, meeting=world.meeting)
    assert len(session.scalars(select(Message)).all()) == 2
    tell(session, settings, world.delegate, meeting=world.planned_meeting)
    assert len(messages_about(session, world.meeting)[world.delegate.person_id]) == 2


def test_an_installation_without_carriers_sends_nothing(session, settings, world, delegate_reached):
    silent = replace(settings, mail_server="", sms_gateway="")
    assert tell(session, silent, world.delegate) is None
    assert session.scalars(select(Message)).all() == []


def test_nobody_is_disturbed_at_night(session, settings, world, delegate_reached):
    hour = clock.local(clock.now()).hour
    quiet = replace(settings, quiet_hours=f"{hour}-{(hour + 2) % 24}")
    tell(session, quiet, world.delegate)
    jobs_due = session.scalars(select(Job.due_at).where(Job.kind == services.SEND)).all()
    assert all(due > clock.now() for due in jobs_due)
    assert len(jobs_due) == 2


@pytest.fixture
def one(session, settings, world, delegate_reached):
    """A mail that waits to be sent."""
    services.keep(session, world.delegate.person, by_sms=False)
    tell(session, settings, world.delegate)
    message = session.scalars(select(Message)).one()
    session.commit()
    return message


def attempt(session, installation, message, address):
    """Try once to send a message through a mail server at an address."""
    away = replace(installation.settings, mail_server=address)
    identity = message.id
    session.rollback()
    tasks.send(jobs.Run(replaced(installation, away), identity, {"message": str(identity)}))
    session.expire_all()


def replaced(installation, settings):
    installation.settings = settings
    return installation


def test_a_server_that_is_away_is_asked_again_and_again_then_given_up(session, installation, one):
    for tried in range(1, tasks.MOST_TRIES + 1):
        assert one.state is MessageState.WAITING
        attempt(session, installation, one, "smtp://127.0.0.1:9")
        assert one.tries == tried
    assert one.state is MessageState.FAILED
    orders = session.scalars(select(Job).where(Job.kind == services.SEND)).all()
    assert len(orders) == tasks.MOST_TRIES
    pauses = sorted(job.due_at - clock.now() for job in orders)
    assert timedelta(minutes=55) < pauses[-1] < timedelta(minutes=65)
    assert failed_since(session, clock.now() - timedelta(days=1)) == 1


def test_what_a_server_refuses_is_not_tried_again(session, installation, one):
    with servers.mail_server(b"550 nobody here") as server:
        attempt(session, installation, one, server.address)
    assert (one.state, one.tries) == (MessageState.FAILED, 1)


def test_a_message_is_sent_once_however_often_it_is_ordered(
    session, installation, one, outside, settings
):
    for _ in range(2):
        attempt(session, installation, one, settings.mail_server)
    assert (one.state, len(outside[0].texts)) == (MessageState.SENT, 1)


def test_who_took_the_address_away_meanwhile_is_left_in_peace(
    session, installation, world, one, outside, settings
):
    services.keep(session, world.delegate.person, mail="")
    session.commit()
    attempt(session, installation, one, settings.mail_server)
    assert (one.state, outside[0].texts) == (MessageState.FAILED, [])


def test_what_is_sent_says_nothing_of_the_meeting(
    session, settings, world, delegate_reached, outside, send_all
):
    world.meeting.title = "Hội nghị CHIM HẢI ÂU"
    factories.item(session, world.meeting, title="CHIM HẢI ÂU")
    for kind in MessageKind:
        people = [world.delegate.person_id]
        services.tell(session, settings, people, kind, meeting=world.meeting)
    send_all()
    mail, short = outside
    said = "".join(mail.texts) + "".join(map(str, short.texts))
    for secret in ("CHIM", "HẢI ÂU", world.meeting.place, world.delegate.person.full_name):
        assert not secret or secret not in said
    assert len(short.texts) == len(MessageKind)
