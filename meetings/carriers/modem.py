"""Short messages by a modem on a serial line, in the commands of 3GPP TS 27.005."""

import os
import select
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from meetings.carriers.results import Refused, Unreachable
from meetings.carriers.words import WORDS
from meetings.models import MessageKind
from meetings.settings import Settings

ANSWER_SECONDS, SENDING_SECONDS = 5.0, 60.0
SPEED = termios.B115200
AS_TEXT, END = b"AT+CMGF=1\r", b"\x1a"
READY, PROMPT, FAILED = b"OK", b"> ", b"ERROR"
CHUNK = 256


class Modem:
    """A modem, as `modem:/dev/ttyUSB0`."""

    def __init__(self, settings: Settings) -> None:
        self._device = urlsplit(settings.sms_gateway).path

    def send(self, address: str, kind: MessageKind) -> None:
        """Send a short message; raise Unreachable to be asked again later, Refused never to be."""
        try:
            with _opened(self._device) as line:
                for order in (b"ATE0\r", AS_TEXT):
                    if _asked(line, order, READY) != READY:
                        raise Unreachable
                if _asked(line, f'AT+CMGS="{address}"\r'.encode(), PROMPT) != PROMPT:
                    raise Refused
                text = WORDS[kind].short.encode("ascii") + END
                if _asked(line, text, READY, seconds=SENDING_SECONDS) != READY:
                    raise Unreachable
        except (OSError, termios.error) as error:
            raise Unreachable from error


@contextmanager
def _opened(device: str) -> Iterator[int]:
    line = os.open(device, os.O_RDWR | os.O_NOCTTY)
    try:
        modes = termios.tcgetattr(line)
        modes[0] = modes[1] = modes[3] = 0  # every byte as it is, in and out
        modes[2] = termios.CS8 | termios.CREAD | termios.CLOCAL
        modes[4] = modes[5] = SPEED
        termios.tcsetattr(line, termios.TCSANOW, modes)
        termios.tcflush(line, termios.TCIOFLUSH)
        yield line
    finally:
        os.close(line)


def _asked(line: int, order: bytes, wanted: bytes, *, seconds: float = ANSWER_SECONDS) -> bytes:
    """Return what was waited for, or that the modem failed; raise Unreachable where it is mute."""
    os.write(line, order)
    deadline, said = time.monotonic() + seconds, b""
    while (left := deadline - time.monotonic()) > 0:
        if select.select([line], [], [], left)[0]:
            said += os.read(line, CHUNK)
            if FAILED in said:
                return FAILED
            if wanted in said:
                return wanted
    raise Unreachable
