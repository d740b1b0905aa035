"""What a certificate speaks for: host names and addresses, and the scope of an authority."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from itertools import chain
from typing import TypeVar

from meetings.tls.errors import NO_ADDRESS, NO_HOST, NO_SCOPE, TlsError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Part = TypeVar("Part")

LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?=.{{1,253}}\Z)({LABEL}\.)*(?![0-9]+\Z){LABEL}", re.ASCII)


@dataclass(frozen=True)
class Names:
    """The names and addresses of one server, first the one that people type."""

    hosts: tuple[str, ...]
    addresses: tuple[Address, ...]

    @classmethod
    def parse(cls, hosts: Iterable[str], addresses: Iterable[str]) -> "Names":
        """Return the names as typed, each once; raise TlsError for what is none."""
        return cls(_each(hosts, _host, NO_HOST), _each(addresses, ip_address, NO_ADDRESS))

    def __bool__(self) -> bool:
        """Tell whether any name was given."""
        return bool(self.hosts or self.addresses)

    def __str__(self) -> str:
        """Return the names in a row."""
        return ", ".join(map(str, (*self.hosts, *self.addresses)))


@dataclass(frozen=True)
class Scope:
    """The domains and networks an authority may vouch for, and nothing else."""

    domains: tuple[str, ...]
    networks: tuple[Network, ...]

    @classmethod
    def around(cls, names: Names, within: Iterable[str]) -> "Scope":
        """Return the scope of exactly these names, and of the domains and networks named."""
        more = _each(within, _domain_or_network, NO_SCOPE)
        domains = [part for part in more if isinstance(part, str)]
        networks = [part for part in more if not isinstance(part, str)]
        own = [ip_network(address) for address in names.addresses]
        return cls(_once([*names.hosts, *domains]), _once([*own, *networks]))

    def lacks(self, other: "Scope") -> str | None:
        """Return the first domain or network of another scope that is not within this one."""
        domains = (domain for domain in other.domains if not self._holds_domain(domain))
        networks = (_shown(network) for network in other.networks if not self._holds(network))
        return next(chain(domains, networks), None)

    def __str__(self) -> str:
        """Return domains and networks in a row."""
        return ", ".join((*self.domains, *map(_shown, self.networks)))

    def _holds_domain(self, name: str) -> bool:
        return any(name == domain or name.endswith(f".{domain}") for domain in self.domains)

    def _holds(self, network: Network) -> bool:
        first, last = network[0], network[-1]
        return any(first in known and last in known for known in self.networks)


def _shown(network: Network) -> str:
    return str(network[0]) if network.num_addresses == 1 else str(network)


def _each(texts: Iterable[str], read: Callable[[str], Part], refusal: str) -> tuple[Part, ...]:
    return _once(_read(text, read, refusal) for text in texts)


def _read(text: str, read: Callable[[str], Part], refusal: str) -> Part:
    try:
        return read(text.strip())
    except ValueError as error:
        raise TlsError(refusal, name=text) from error


def _once(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys(parts))


def _host(text: str) -> str:
    if not HOST.fullmatch(text.lower()):
        raise ValueError(text)
    return text.lower()


def _domain_or_network(text: str) -> str | Network:
    return _host(text) if HOST.fullmatch(text.lower()) else ip_network(text)
