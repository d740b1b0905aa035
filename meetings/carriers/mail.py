"""Mail by SMTP, never in plain through a network."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from meetings.carriers.results import Refused, Unreachable
from meetings.carriers.words import WORDS, mail_text
from meetings.models import MessageKind
from meetings.settings import Settings

PATIENCE_SECONDS = 30
PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}
NEVER = range(500, 600)  # SMTP's permanent answers; all others are for now


class MailServer:
    """A server that takes mail, as `smtps://user@host`; the password lies in a file."""

    def __init__(self, settings: Settings) -> None:
        self._parts = urlsplit(settings.mail_server)
        self._password_file = settings.mail_server_password_file
        self._sender, self._site = settings.mail_sender, settings.site_address

    def send(self, address: str, kind: MessageKind) -> None:
        """Send a mail; raise Unreachable to be asked again later, Refused never to be."""
        mail = self._mail(address, kind)
        try:
            with self._connected() as server:
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _said in refused.recipients.values()]
            raise _problem(codes[0]) from refused
        except smtplib.SMTPResponseException as refused:
            raise _problem(int(refused.smtp_code)) from refused
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable from error

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        parts, scheme = self._parts, self._parts.scheme
        host, port = parts.hostname or "", parts.port or PORTS[scheme]
        trusted = ssl.create_default_context()
        if scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=PATIENCE_SECONDS, context=trusted
            )
        else:
            server = smtplib.SMTP(host, port, timeout=PATIENCE_SECONDS)
        with server:
            if scheme == "smtp+starttls":
                server.starttls(context=trusted)
            if parts.username:
                password = Path(self._password_file).read_text(encoding="utf-8").strip()
                server.login(unquote(parts.username), password)
            yield server

    def _mail(self, address: str, kind: MessageKind) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, address, WORDS[kind].subject
        mail["Date"], mail["Message-ID"] = formatdate(localtime=True), make_msgid()
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(mail_text(kind, self._site))
        return mail


def _problem(code: int) -> Exception:
    return Refused() if code in NEVER else Unreachable()
