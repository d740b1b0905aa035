"""The mailbox: the attachments of unread mails whose subject names a meeting."""

import imaplib
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from email.utils import parseaddr
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from meetings.agenda.inbox.arrivals import Arrival, Source, Unreachable
from meetings.agenda.inbox.folder import code_in

PATIENCE_SECONDS = 30
AT_ONCE = 50
AGAIN_SECONDS = 3600.0  # a mail of which something waits for a person is not fetched meanwhile
ENCODED = 1.4  # times its bytes, an attachment's length in a mail
SEEN, SET_ASIDE = r"(\Seen)", r"(\Seen \Flagged)"
BROKEN = (OSError, imaplib.IMAP4.error, UnicodeError, ValueError)


@dataclass
class Letter:
    """A mail whose attachments are being taken: flagged for its owner if one of them was not."""

    number: str
    left: int
    flags: str = SEEN


class Mailbox:
    """A mailbox on a server, as `imaps://user@host/INBOX`; the password lies in a file."""

    source = Source.MAIL

    def __init__(self, address: str, password_file: Path, *, largest: int) -> None:
        self._parts, self._password_file = urlsplit(address), password_file
        self._largest = int(largest * ENCODED)
        self._read: dict[str, float] = {}
        self._due: dict[str, str] = {}

    def arrivals(self) -> Iterator[Arrival]:
        """Yield the attachments of unread mails; a mail is read once each of them is settled."""
        try:
            with self._connected() as server:
                while self._due:
                    _flag(server, *next(iter(self._due.items())))
                    self._due.pop(next(iter(self._due)))
                for number in _unread(server):
                    if time.monotonic() - self._read.get(number, -AGAIN_SECONDS) >= AGAIN_SECONDS:
                        self._read[number] = time.monotonic()
                        yield from self._of_mail(server, number)
        except BROKEN as error:
            raise Unreachable from error

    @contextmanager
    def _connected(self) -> Iterator[imaplib.IMAP4]:
        parts = self._parts
        kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
        port = parts.port or (993 if parts.scheme == "imaps" else 143)
        password = self._password_file.read_text(encoding="utf-8").strip()
        server = kind(parts.hostname or "", port, timeout=PATIENCE_SECONDS)
        try:
            _sign_in(server, unquote(parts.username or ""), password)
            _checked(server.select(parts.path.strip("/") or "INBOX"))
            yield server
        finally:
            with suppress(*BROKEN):
                server.logout()
            with suppress(OSError):  # one that answers no more is left all the same
                server.shutdown()

    def _of_mail(self, server: imaplib.IMAP4, number: str) -> Iterator[Arrival]:
        head = _message(_fetched(server, number, "(BODY.PEEK[HEADER])"))
        subject, code = str(head["subject"] or ""), code_in(str(head["subject"] or ""))
        if code is None:  # it is no mail for us; its owner finds it flagged
            _flag(server, number, SET_ASIDE)
            return
        size = _size(server, number)
        if size > self._largest:
            letter = Letter(number, left=1)
            yield self._arrival(server, letter, subject, head, code, b"", size=size)
            return
        files = list(_attachments(_message(_fetched(server, number, "(BODY.PEEK[])"))))
        letter = Letter(number, left=len(files))
        for name, content in files:
            yield self._arrival(server, letter, name, head, code, content, size=len(content))
        if not files:
            _flag(server, number, SET_ASIDE)

    def _arrival(
        self,
        server: imaplib.IMAP4,
        letter: Letter,
        name: str,
        head: EmailMessage,
        code: str,
        content: bytes,
        *,
        size: int,
    ) -> Arrival:
        sender = parseaddr(str(head["from"] or ""))[1]
        subject = " ".join(str(head["subject"] or "").split()).replace("/", "-")
        return Arrival(
            key=f"{letter.number}:{name}:{size}",
            name=name,
            folder=f"{sender}/{subject}",
            code=code,
            size=size,
            open=partial(_opened, content),
            settle=lambda kept: self._settle(server, letter, kept=kept),
        )

    def _settle(self, server: imaplib.IMAP4, letter: Letter, *, kept: bool) -> None:
        """Count down a mail's attachments; where the connection ended, the next one tells so."""
        if not kept:
            letter.flags = SET_ASIDE
        letter.left -= 1
        if not letter.left:
            try:
                _flag(server, letter.number, letter.flags)
            except BROKEN:
                self._due[letter.number] = letter.flags


def _sign_in(server: imaplib.IMAP4, person: str, password: str) -> None:
    """Sign in; only PLAIN carries a password of Vietnamese letters, but not every server has it."""
    if "AUTH=PLAIN" in server.capabilities:
        server.authenticate("PLAIN", lambda _asked: f"\0{person}\0{password}".encode())
    else:
        server.login(person, password)


@contextmanager
def _opened(content: bytes) -> Iterator[IO[bytes]]:
    yield io.BytesIO(content)


def _flag(server: imaplib.IMAP4, number: str, flags: str) -> None:
    _checked(server.uid("STORE", number, "+FLAGS", flags))


def _unread(server: imaplib.IMAP4) -> list[str]:
    (found, *_rest) = _checked(server.uid("SEARCH", "UNSEEN"))
    return [number.decode() for number in (found or b"").split()][:AT_ONCE]


def _size(server: imaplib.IMAP4, number: str) -> int:
    (told, *_rest) = _checked(server.uid("FETCH", number, "(RFC822.SIZE)"))
    return int(bytes(told).split(b"RFC822.SIZE", 1)[1].split(b")")[0])


def _fetched(server: imaplib.IMAP4, number: str, what: str) -> bytes:
    (told, *_rest) = _checked(server.uid("FETCH", number, what))
    return bytes(told[1])


def _checked(answer: tuple[str, list[Any]]) -> list[Any]:
    status, told = answer
    if status != "OK" or not told:
        message = "the mailbox refused"
        raise imaplib.IMAP4.error(message)
    return told


def _message(content: bytes) -> EmailMessage:
    return BytesParser(policy=default).parsebytes(content)


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a mail, those of mails in it too; the pictures of its text are none."""
    for part in message.walk():
        name = part.get_filename()
        drawn = part.get_content_disposition() == "inline" and part["content-id"]
        if name and not part.is_multipart() and not drawn:
            content = part.get_payload(decode=True)
            yield PurePosixPath(name).name, content if isinstance(content, bytes) else b""
