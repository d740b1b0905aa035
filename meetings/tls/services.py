"""What `meetings tls init` does: keep or make the authority, keep or renew the certificate."""

from dataclasses import dataclass

from cryptography import x509

from meetings import clock
from meetings.tls.authority import Pair, is_signed_by, issue, make_authority, names_of, scope_of
from meetings.tls.errors import DAMAGED, ENDED, FOREIGN, KEY_AWAY, NO_NAMES, OUTSIDE, TlsError
from meetings.tls.folder import SOON, TlsFolder, read_certificate, read_key, time_left
from meetings.tls.names import Names, Scope


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the operator asks for; without names those of the present certificate are kept."""

    names: Names
    within: tuple[str, ...] = ()
    renew: bool = False
    new_authority: bool = False


@dataclass(frozen=True)
class Made:
    """What stands in the folder now, and which of it is new."""

    authority: x509.Certificate
    authority_is_new: bool
    server: x509.Certificate
    server_is_new: bool

    @property
    def names(self) -> Names:
        """Return what the server's certificate speaks for."""
        return names_of(self.server)


def init(folder: TlsFolder, wish: Wish) -> Made:
    """Bring the folder to what is wished; raise TlsError before anything is written."""
    server = read_certificate(folder.server)
    known = None if wish.new_authority else read_certificate(folder.authority)
    if server and not wish.new_authority and not (known and is_signed_by(server, known)):
        raise TlsError(FOREIGN, file=folder.server)
    names = wish.names or (names_of(server) if server else wish.names)
    if not names.hosts:
        raise TlsError(NO_NAMES)
    scope = Scope.around(names, wish.within)
    if known is None:
        return _begin(folder, names, scope)
    if name := scope_of(known).lacks(scope):
        raise TlsError(OUTSIDE, scope=scope_of(known), name=name)
    if server and not _needs_another(server, names, wish):
        return Made(known, False, server, False)
    issued = issue(_signer(folder, known), names)
    folder.keep_server(issued)
    return Made(known, False, issued.certificate, True)


def _begin(folder: TlsFolder, names: Names, scope: Scope) -> Made:
    authority = make_authority(names, scope)
    issued = issue(authority, names)
    folder.keep_authority(authority)
    folder.keep_server(issued)
    return Made(authority.certificate, True, issued.certificate, True)


def _needs_another(server: x509.Certificate, names: Names, wish: Wish) -> bool:
    return wish.renew or names_of(server) != names or time_left(server) < SOON


def _signer(folder: TlsFolder, authority: x509.Certificate) -> Pair:
    """Return the authority with its key, as long as it may sign."""
    if authority.not_valid_after_utc <= clock.now():
        raise TlsError(ENDED, day=f"{clock.local(authority.not_valid_after_utc):%d/%m/%Y}")
    key = read_key(folder.authority_key)
    if key is None:
        raise TlsError(KEY_AWAY, file=folder.authority_key)
    if key.public_key() != authority.public_key():
        raise TlsError(DAMAGED, file=folder.authority_key)
    return Pair(authority, key)
