"""An authority of the house's own, and the certificates it signs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from meetings import clock
from meetings.tls.names import Names, Network, Scope

Kind = TypeVar("Kind", bound=x509.ExtensionType)

AUTHORITY_LIVES = timedelta(days=3652)
SERVER_LIVES = timedelta(days=397) - timedelta(seconds=1)  # both ends count as valid
SLOW_CLOCKS = timedelta(days=1)
LONGEST_NAME = 64  # bytes
EVERY_ADDRESS: tuple[Network, ...] = (ip_network("0.0.0.0/0"), ip_network("::/0"))
USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True)
class Pair:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def make_authority(names: Names, scope: Scope) -> Pair:
    """Make an authority that may vouch for its scope alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = clock.now()
    label = f"Nghị Sự {clock.local(now):%d/%m/%Y} {names.hosts[0]}"
    name = _name(label)
    certificate = (
        _begun(name, name, key.public_key(), now)
        .not_valid_after(now + AUTHORITY_LIVES)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(_constraints(scope), critical=True)
        .sign(key, SHA256())
    )
    return Pair(certificate, key)


def issue(authority: Pair, names: Names) -> Pair:
    """Make a key for a server and sign its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = clock.now()
    signer = authority.certificate
    end = min(now - SLOW_CLOCKS + SERVER_LIVES, signer.not_valid_after_utc)
    certificate = (
        _begun(_name(names.hosts[0]), signer.subject, key.public_key(), now)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_general(names)), critical=False)
        .add_extension(_signed_by(signer), critical=False)
        .sign(authority.key, SHA256())
    )
    return Pair(certificate, key)


def names_of(certificate: x509.Certificate) -> Names:
    """Return what a server's certificate speaks for."""
    names = _extension(certificate, x509.SubjectAlternativeName)
    if names is None:
        return Names((), ())
    hosts = names.get_values_for_type(x509.DNSName)
    addresses = map(str, names.get_values_for_type(x509.IPAddress))
    return Names.parse(hosts, addresses)


def scope_of(certificate: x509.Certificate) -> Scope:
    """Return what an authority may vouch for."""
    constraints = _extension(certificate, x509.NameConstraints)
    permitted = (constraints and constraints.permitted_subtrees) or []
    domains = [name.value for name in permitted if isinstance(name, x509.DNSName)]
    networks = [str(name.value) for name in permitted if isinstance(name, x509.IPAddress)]
    return Scope.around(Names((), ()), [*domains, *networks])


def is_signed_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    """Tell whether an authority signed a certificate."""
    try:
        certificate.verify_directly_issued_by(authority)
    except (TypeError, ValueError, InvalidSignature):
        return False
    return True


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate in pairs, as tablets show it."""
    return certificate.fingerprint(SHA256()).hex(" ").upper()


def _extension(certificate: x509.Certificate, kind: type[Kind]) -> Kind | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _begun(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLOW_CLOCKS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(text: str) -> x509.Name:
    short = text.encode()[:LONGEST_NAME].decode(errors="ignore")
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, short)])


def _usage(*wanted: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{usage: usage in wanted for usage in USAGES})


def _general(names: Names) -> list[x509.GeneralName]:
    return [*map(x509.DNSName, names.hosts), *map(x509.IPAddress, names.addresses)]


def _constraints(scope: Scope) -> x509.NameConstraints:
    # Tablets trust this key for every site: held to its scope, a stolen one can pose as no bank
    # or ministry. It is critical, as RFC 5280 asks: a device that did not know the extension
    # would refuse the authority when it is enrolled, and not trust it without bounds.
    permitted = [*map(x509.DNSName, scope.domains), *map(x509.IPAddress, scope.networks)]
    # a kind of name of which nothing is permitted would be free
    excluded = [] if scope.networks else [x509.IPAddress(network) for network in EVERY_ADDRESS]
    return x509.NameConstraints(permitted, excluded or None)


def _signed_by(signer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    own = signer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)
