"""A real handshake: the made certificate on one end, a client that trusts the authority alone."""

import socket
import ssl
from threading import Thread

import pytest

from meetings.tls.authority import Pair, issue
from meetings.tls.folder import read_certificate, read_key
from meetings.tls.names import Names
from tests.meetings.tls.conftest import ADDRESS, HOST

GREETING = b"Nghi Su"


def serve(end: socket.socket, context: ssl.SSLContext) -> None:
    """Greet one client; one that goes away is none of our business."""
    try:
        with context.wrap_socket(end, server_side=True) as served:
            served.sendall(GREETING)
    except OSError:
        end.close()


def greeting(folder, client: ssl.SSLContext, host: str) -> tuple[bytes, str]:
    """Return what a client hears from the server and by which version of TLS."""
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder.server)
    near, far = socket.socketpair()
    thread = Thread(target=serve, args=(far, server))
    thread.start()
    try:
        with near, client.wrap_socket(near, server_hostname=host) as connected:
            return connected.recv(100), connected.version()
    finally:
        thread.join(10)


@pytest.fixture
def trusting(folder, init) -> ssl.SSLContext:
    init()
    return ssl.create_default_context(cafile=folder.authority)


@pytest.fixture
def forge(folder):
    """Return what signs for any name, as a thief of the authority's key would."""

    def sign(names: Names) -> None:
        stolen = Pair(read_certificate(folder.authority), read_key(folder.authority_key))
        folder.keep_server(issue(stolen, names))

    return sign


@pytest.mark.parametrize("host", [HOST, ADDRESS])
def test_who_trusts_the_authority_reaches_the_server_by_each_of_its_names(folder, trusting, host):
    assert greeting(folder, trusting, host) == (GREETING, "TLSv1.3")


def test_tls_1_2_works_as_well(folder, trusting):
    trusting.maximum_version = ssl.TLSVersion.TLSv1_2
    assert greeting(folder, trusting, HOST) == (GREETING, "TLSv1.2")


@pytest.mark.parametrize("host", ["khac.tinh.example", "10.0.0.6"])
def test_another_name_is_refused(folder, trusting, host):
    with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        greeting(folder, trusting, host)


def test_who_does_not_trust_the_authority_refuses_the_server(folder, trusting):
    with pytest.raises(ssl.SSLCertVerificationError, match="local issuer"):
        greeting(folder, ssl.create_default_context(), HOST)


def test_devices_notice_no_renewal(folder, trusting, init):
    before = folder.server.read_bytes()
    init(renew=True)
    assert folder.server.read_bytes() != before
    assert greeting(folder, trusting, HOST)[0] == GREETING


def test_after_a_new_authority_devices_refuse_until_they_are_enrolled_again(folder, trusting, init):
    init(new_authority=True)
    with pytest.raises(ssl.SSLCertVerificationError):
        greeting(folder, trusting, HOST)
    again = ssl.create_default_context(cafile=folder.authority)
    assert greeting(folder, again, HOST)[0] == GREETING


def test_a_forged_name_is_refused_though_the_authority_signed_it(folder, trusting, forge):
    forge(Names.parse(["bank.example"], []))
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree"):
        greeting(folder, trusting, "bank.example")
