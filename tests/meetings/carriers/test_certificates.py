"""Mails and short messages go only to a server whose certificate somebody trusted vouches for."""

import socket
import ssl
import threading

import pytest

from meetings.carriers import Unreachable, carriers
from meetings.models import MessageKind, Way
from meetings.settings import Settings
from meetings.tls.authority import Pair, issue, make_authority
from meetings.tls.folder import TlsFolder
from meetings.tls.names import Names, Scope


def self_made() -> Pair:
    names = Names.parse(["cong.example"], ["127.0.0.1"])
    return issue(make_authority(names, Scope.around(names, [])), names)


@pytest.fixture
def stranger(tmp_path):
    """The port of a TLS server with a certificate of its own, and what it was told."""
    folder = TlsFolder.of(tmp_path)
    folder.keep_server(self_made())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder.server)
    told: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            try:
                while True:
                    connection, _peer = listening.accept()
                    with connection, context.wrap_socket(connection, server_side=True) as secure:
                        told.append(secure.recv(100))
            except OSError:
                return

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1], told
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(5)


@pytest.mark.parametrize("way", Way)
def test_nothing_is_told_to_a_server_whose_certificate_nobody_vouches_for(tmp_path, stranger, way):
    port, told = stranger
    chosen = Settings(
        instance=tmp_path,
        mail_server=f"smtps://127.0.0.1:{port}",
        mail_sender="nghisu@tinhuy.example",
        sms_gateway=f"https://127.0.0.1:{port}/send",
    )
    with pytest.raises(Unreachable):
        carriers(chosen)[way].send("+84912345678", MessageKind.NEWS)
    assert told == []
