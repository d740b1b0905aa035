"""Short messages by a gateway that is asked over HTTP."""

import json
import ssl
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from meetings.carriers.results import Refused, Unreachable
from meetings.carriers.words import WORDS
from meetings.models import MessageKind
from meetings.settings import Settings

PATIENCE_SECONDS = 30
LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
TAKEN, REFUSED = range(200, 300), range(400, 500)


class Gateway:
    """A gateway, as `https://host/path`: it is sent {"to", "text"} and the token of a file."""

    def __init__(self, settings: Settings) -> None:
        self._parts, self._token_file = urlsplit(settings.sms_gateway), settings.sms_token_file

    def send(self, address: str, kind: MessageKind) -> None:
        """Send a short message; raise Unreachable to be asked again later, Refused never to be."""
        try:
            status = self._answered({"to": address, "text": WORDS[kind].short})
        except (OSError, HTTPException) as error:
            raise Unreachable from error
        if status in REFUSED and status not in LATER:
            raise Refused
        if status not in TAKEN:
            raise Unreachable

    def _answered(self, told: dict[str, str]) -> int:
        headers = {"Content-Type": "application/json"}
        if self._token_file:
            token = Path(self._token_file).read_text(encoding="utf-8").strip()
            headers["Authorization"] = f"Bearer {token}"
        connection = self._connection()
        try:
            query = f"?{self._parts.query}" if self._parts.query else ""
            where = f"{self._parts.path or '/'}{query}"
            connection.request("POST", where, json.dumps(told), headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "https":
            trusted = ssl.create_default_context()
            return HTTPSConnection(host, port, timeout=PATIENCE_SECONDS, context=trusted)
        return HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
