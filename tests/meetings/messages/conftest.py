"""An installation that sends mails and short messages to small servers of the test."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from meetings import jobs
from meetings.messages import services, tasks
from meetings.messages.services import SEND
from meetings.models import Job, Message
from meetings.settings import Settings
from tests.meetings.carriers import servers
from tests.meetings.carriers.servers import Received

MAIL, MOBILE = "dai.bieu@xa.example", "+84912345678"


@pytest.fixture
def outside() -> Iterator[tuple[Received, Received]]:
    """A mail server and a gateway, as pairs of what they received."""
    with ExitStack() as open_servers:
        yield (
            open_servers.enter_context(servers.mail_server()),
            open_servers.enter_context(servers.gateway()),
        )


@pytest.fixture
def settings(settings: Settings, outside) -> Settings:
    mail, short = outside
    return replace(
        settings,
        mail_server=mail.address,
        mail_sender="nghisu@tinhuy.example",
        sms_gateway=short.address,
        quiet_hours="",
    )


@pytest.fixture
def delegate_reached(session, world):
    """The delegate is reached in both ways, the other delegate in none."""
    contact = services.keep(session, world.delegate.person, mail=MAIL, mobile=MOBILE)
    session.commit()
    return contact


@pytest.fixture
def send_all(session, installation):
    """Return what does every job of sending that is due, and gives back all messages."""

    def run() -> list[Message]:
        assert jobs.HANDLERS[SEND] is tasks.send
        session.commit()
        while jobs.run_next(installation, "test"):
            pass
        session.expire_all()
        assert not session.query(Job).filter(Job.kind == SEND, Job.state == "dead").count()
        return session.query(Message).order_by(Message.created_at, Message.way).all()

    return run
