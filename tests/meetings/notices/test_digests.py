"""Each morning those who wish it hear that something is new, once for the same."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from meetings import clock, jobs
from meetings.agenda.services import change_meeting
from meetings.messages import services
from meetings.models import Message, MessageKind, new_id
from meetings.notices import tasks


@pytest.fixture
def settings(settings):
    return replace(settings, mail_server="smtp://127.0.0.1:9", mail_sender="a@b.example")


@pytest.fixture
def digest(session, installation):
    """Return what runs the digest and gives back to whom something was sent."""

    def run():
        session.commit()
        tasks.digest(jobs.Run(installation, new_id(), {}))
        session.expire_all()
        told = session.scalars(select(Message).where(Message.kind == MessageKind.NEWS))
        return [message.person_id for message in told]

    return run


def test_who_wishes_it_hears_once_of_what_is_new(session, world, digest):
    for user, wishes in ((world.delegate, True), (world.other_delegate, False)):
        services.keep(session, user.person, mail="ai@xa.example", digest=wishes)
    services.keep(session, world.outsider.person, mail="la@xa.example", digest=True)
    assert digest() == []
    change_meeting(session, world.meeting, place="Hội trường lớn")
    assert digest() == [world.delegate.person_id]
    for message in session.scalars(select(Message)):
        message.state = "sent"
    assert digest() == [world.delegate.person_id]


@pytest.mark.parametrize(("hour", "told"), [(5, False), (6, True), (8, True), (9, False)])
def test_the_digest_goes_out_in_the_morning(monkeypatch, hour, told):
    moment = datetime(2026, 3, 10, hour, tzinfo=clock.VIETNAM)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert tasks.in_the_morning(None, None) is told
