"""Who carries messages: a mail server, a gateway of short messages, a modem on a serial line."""

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlsplit

from meetings.carriers.gateway import Gateway
from meetings.carriers.mail import MailServer
from meetings.carriers.modem import Modem
from meetings.carriers.results import Refused, Unreachable
from meetings.models import MessageKind, Way
from meetings.settings import Settings

__all__ = ["Carrier", "Refused", "Unreachable", "carriers", "ways"]


class Carrier(Protocol):
    """Takes a message on its way."""

    def send(self, address: str, kind: MessageKind) -> None:
        """Send a message; raise Unreachable to be asked again later, Refused never to be."""


def ways(settings: Settings) -> frozenset[Way]:
    """Return the ways in which this installation can reach people."""
    given = {Way.MAIL: settings.mail_server, Way.SMS: settings.sms_gateway}
    return frozenset(way for way, where in given.items() if where)


def carriers(settings: Settings) -> Mapping[Way, Carrier]:
    """Return who carries messages, by way."""
    made: dict[Way, Carrier] = {}
    if settings.mail_server:
        made[Way.MAIL] = MailServer(settings)
    if settings.sms_gateway:
        is_modem = urlsplit(settings.sms_gateway).scheme == "modem"
        made[Way.SMS] = Modem(settings) if is_modem else Gateway(settings)
    return made
