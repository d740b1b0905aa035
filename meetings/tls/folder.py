"""The folder of the certificates: what lies in it, and how it is read and written."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from meetings import clock
from meetings.tls.authority import Pair
from meetings.tls.errors import DAMAGED, DISK, TlsError
from storage.durable import draft, make_folder, place

SOON = timedelta(days=30)


@dataclass(frozen=True)
class TlsFolder:
    """The certificates of one installation; `server` holds key and certificate in one file."""

    path: Path

    @classmethod
    def of(cls, instance: Path) -> "TlsFolder":
        """Return the folder inside an instance."""
        return cls(instance / "tls")

    @property
    def authority(self) -> Path:
        """Return the authority's certificate, which everybody may have."""
        return self.path / "authority.pem"

    @property
    def authority_key(self) -> Path:
        """Return the authority's key, which belongs into a safe."""
        return self.path / "authority-key.pem"

    @property
    def server(self) -> Path:
        """Return what the proxy reads: key and certificate, exchanged in one stroke."""
        return self.path / "server.pem"

    @property
    def sheet(self) -> Path:
        """Return the sheet to print for those who enrol devices."""
        return self.path / "enrolment.pdf"

    def keep_authority(self, pair: Pair) -> None:
        """Write an authority: the key first, for without its certificate it counts for nothing."""
        self.write(self.authority_key, _key(pair))
        self.write(self.authority, _certificate(pair))

    def keep_server(self, pair: Pair) -> None:
        """Write a server's key and certificate."""
        self.write(self.server, _key(pair) + _certificate(pair))

    def write(self, file: Path, content: bytes) -> None:
        """Write a file for its owner alone; a reader finds the old one or the new one whole."""
        try:
            make_folder(self.path)
            with draft(self.path) as target:
                target.write(content)
                place(target, file)
        except OSError as error:
            raise TlsError(DISK, file=file, problem=error.strerror) from error


def read_certificate(file: Path) -> x509.Certificate | None:
    """Return the certificate in a file, None where there is no file."""
    content = _read(file)
    try:
        return x509.load_pem_x509_certificate(content) if content is not None else None
    except ValueError as error:
        raise TlsError(DAMAGED, file=file) from error


def read_key(file: Path) -> ec.EllipticCurvePrivateKey | None:
    """Return the key in a file, None where there is no file."""
    content = _read(file)
    if content is None:
        return None
    try:
        key = load_pem_private_key(content, None)
    except (TypeError, ValueError) as error:
        raise TlsError(DAMAGED, file=file) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TlsError(DAMAGED, file=file)
    return key


def time_left(certificate: x509.Certificate) -> timedelta:
    """Return how long a certificate is still valid."""
    return certificate.not_valid_after_utc - clock.now()


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TlsError(DISK, file=file, problem=error.strerror) from error


def _key(pair: Pair) -> bytes:
    return pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _certificate(pair: Pair) -> bytes:
    return pair.certificate.public_bytes(Encoding.PEM)
