"""The chain holds for the names it was made for, in the eyes of two strangers' libraries."""

import subprocess
from datetime import timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from meetings import clock
from meetings.tls.authority import (
    Pair,
    fingerprint,
    is_signed_by,
    issue,
    make_authority,
    names_of,
    scope_of,
)
from meetings.tls.names import Names, Scope
from tests.meetings.tls.conftest import ADDRESS, HOST


@pytest.fixture
def authority(names) -> Pair:
    return make_authority(names, Scope.around(names, []))


def extension(certificate: x509.Certificate, kind: type):
    return certificate.extensions.get_extension_for_class(kind)


def is_believed(authority: Pair, server: Pair, subject: x509.GeneralName, at=None) -> bool:
    policy = PolicyBuilder().store(Store([authority.certificate])).time(at or clock.now())
    try:
        policy.build_server_verifier(subject).verify(server.certificate, [])
    except VerificationError:
        return False
    return True


def openssl_believes(folder, authority: Pair, server: Pair, *options: str) -> bool:
    files = {"authority": authority, "server": server}
    for name, pair in files.items():
        (folder / name).write_bytes(pair.certificate.public_bytes(Encoding.PEM))
    command = ["openssl", "verify", "-x509_strict", "-purpose", "sslserver", *options]
    command += ["-CAfile", str(folder / "authority"), str(folder / "server")]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_chain_holds_for_each_name_and_for_no_other(authority, names):
    server = issue(authority, names)
    assert is_believed(authority, server, x509.DNSName(HOST))
    assert is_believed(authority, server, x509.IPAddress(ip_address(ADDRESS)))
    assert not is_believed(authority, server, x509.DNSName("khac.tinh.example"))
    assert not is_believed(authority, server, x509.IPAddress(ip_address("10.0.0.6")))


def test_openssl_finds_nothing_to_say_against_the_chain(authority, names, tmp_path):
    server = issue(authority, names)
    assert openssl_believes(tmp_path, authority, server, "-verify_hostname", HOST)
    assert openssl_believes(tmp_path, authority, server, "-verify_ip", ADDRESS)
    assert not openssl_believes(tmp_path, authority, server, "-verify_hostname", "khac.example")


@pytest.mark.parametrize(
    ("host", "address"),
    [("bank.example", ADDRESS), (HOST, "8.8.8.8"), (HOST, "2001:db8::1")],
)
def test_a_stolen_authority_vouches_for_no_other_site(authority, tmp_path, host, address):
    forged = issue(authority, Names.parse([host], [address]))
    assert not is_believed(authority, forged, x509.DNSName(host))
    assert not openssl_believes(tmp_path, authority, forged)


@pytest.mark.parametrize("address", ["10.0.0.5", "2001:db8::1"])
def test_an_authority_without_addresses_vouches_for_none(tmp_path, address):
    names = Names.parse([HOST], [])
    bare = make_authority(names, Scope.around(names, []))
    assert openssl_believes(tmp_path, bare, issue(bare, names))
    assert is_believed(bare, issue(bare, names), x509.DNSName(HOST))
    forged = issue(bare, Names.parse([HOST], [address]))
    assert not openssl_believes(tmp_path, bare, forged)
    assert not is_believed(bare, forged, x509.DNSName(HOST))


def test_a_wider_scope_vouches_for_later_names(names, tmp_path):
    wide = make_authority(names, Scope.around(names, ["tinh.example", "fd00::/8"]))
    server = issue(wide, Names.parse(["moi.tinh.example"], ["fd00::5"]))
    assert openssl_believes(tmp_path, wide, server, "-verify_hostname", "moi.tinh.example")
    assert is_believed(wide, server, x509.IPAddress(ip_address("fd00::5")))


def test_another_authority_is_not_believed(authority, names, tmp_path):
    other = make_authority(names, Scope.around(names, []))
    server = issue(other, names)
    assert not is_believed(authority, server, x509.DNSName(HOST))
    assert not openssl_believes(tmp_path, authority, server)
    assert is_signed_by(server.certificate, other.certificate)
    assert not is_signed_by(server.certificate, authority.certificate)


def test_the_authority_signs_certificates_and_no_further_authority(authority):
    certificate = authority.certificate
    basic = extension(certificate, x509.BasicConstraints)
    usage = extension(certificate, x509.KeyUsage)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    assert (usage.critical, usage.value.key_cert_sign, usage.value.digital_signature) == (
        True,
        True,
        False,
    )
    assert extension(certificate, x509.NameConstraints).critical
    assert certificate.signature_hash_algorithm.name == "sha256"
    assert certificate.public_key().curve.name == "secp256r1"


def test_the_server_proves_who_it_is_and_signs_nothing(authority, names):
    certificate = issue(authority, names).certificate
    usage = extension(certificate, x509.KeyUsage).value
    assert (usage.digital_signature, usage.key_cert_sign) == (True, False)
    assert not extension(certificate, x509.BasicConstraints).value.ca
    purposes = extension(certificate, x509.ExtendedKeyUsage).value
    assert list(purposes) == [ExtendedKeyUsageOID.SERVER_AUTH]
    own = extension(authority.certificate, x509.SubjectKeyIdentifier).value.digest
    assert extension(certificate, x509.AuthorityKeyIdentifier).value.key_identifier == own
    assert certificate.public_key() != issue(authority, names).certificate.public_key()


def test_the_authority_lives_ten_years_and_the_server_at_most_397_days(authority, names):
    certificate = issue(authority, names).certificate
    second = timedelta(seconds=1)
    lives = certificate.not_valid_after_utc - certificate.not_valid_before_utc + second
    assert lives == timedelta(days=397)
    end = authority.certificate.not_valid_after_utc
    assert end.year == clock.now().year + 10


def test_a_tablet_whose_clock_is_some_hours_behind_believes_as_well(authority, names):
    server = issue(authority, names)
    behind = clock.now() - timedelta(hours=20)
    assert is_believed(authority, server, x509.DNSName(HOST), behind)
    ended = server.certificate.not_valid_after_utc + timedelta(seconds=1)
    assert not is_believed(authority, server, x509.DNSName(HOST), ended)


def test_no_certificate_outlives_its_authority(authority, names, later):
    later(days=3500)
    server = issue(authority, names)
    assert server.certificate.not_valid_after_utc == authority.certificate.not_valid_after_utc


def test_no_serial_number_comes_twice(authority, names):
    numbers = {issue(authority, names).certificate.serial_number for _ in range(20)}
    assert len(numbers) == 20
    assert min(number.bit_length() for number in numbers) > 100


def test_names_and_scope_are_read_back_as_they_were_given(authority):
    names = Names.parse(["b.example", "a.example"], ["10.0.0.5", "fd00::1"])
    assert names_of(issue(authority, names).certificate) == names
    scope = Scope.around(names, ["tinh.example", "10.0.0.0/24"])
    assert scope_of(make_authority(names, scope).certificate) == scope


def test_a_long_host_name_fits(authority):
    names = Names.parse([".".join(["a" * 60] * 4)], [])
    made = make_authority(names, Scope.around(names, []))
    assert is_believed(made, issue(made, names), x509.DNSName(names.hosts[0]))


def test_the_fingerprint_is_the_one_that_others_show(authority, tmp_path):
    file = tmp_path / "authority"
    file.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    command = ["openssl", "x509", "-in", str(file), "-noout", "-fingerprint", "-sha256"]
    shown = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert shown.strip().rpartition("=")[2].replace(":", " ") == fingerprint(authority.certificate)
