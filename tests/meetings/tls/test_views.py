"""Everybody may fetch the authority's certificate; nothing else of the folder goes out."""

import pytest
from cryptography import x509

from meetings.tls import services
from meetings.tls.folder import TlsFolder
from meetings.tls.handing import AUTHORITY_PATH


@pytest.fixture
def made(installation, names):
    folder = TlsFolder.of(installation.settings.instance)
    return services.init(folder, services.Wish(names=names))


def test_a_stranger_gets_the_certificate_that_devices_are_to_trust(client, made):
    answer = client.get(AUTHORITY_PATH)
    assert (answer.status_code, answer.mimetype) == (200, "application/x-x509-ca-cert")
    assert x509.load_der_x509_certificate(answer.data) == made.authority


def test_where_there_is_no_authority_there_is_nothing_to_fetch(client):
    assert client.get(AUTHORITY_PATH).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["authority-key.pem", "server.pem", "authority.pem", "..%2Fkeys%2Froot", "enrolment.pdf"],
)
def test_nothing_else_is_handed_out(client, made, name):
    assert client.get(f"/tls/{name}").status_code == 404
