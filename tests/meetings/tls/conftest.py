"""A folder with an authority and a certificate, and a clock that can be moved."""

from datetime import timedelta

import pytest

from meetings import clock
from meetings.tls import services
from meetings.tls.folder import TlsFolder
from meetings.tls.names import Names

HOST, ADDRESS = "hop.tinh.example", "10.0.0.5"


@pytest.fixture
def names() -> Names:
    return Names.parse([HOST], [ADDRESS])


@pytest.fixture
def folder(tmp_path) -> TlsFolder:
    return TlsFolder.of(tmp_path / "instance")


@pytest.fixture
def init(folder, names):
    """Return what does the command's work, by default for the usual names."""

    def run(wanted: Names | None = None, **wishes):
        return services.init(folder, services.Wish(names=wanted or names, **wishes))

    return run


@pytest.fixture
def later(monkeypatch):
    """Return what moves the clock."""
    real = clock.now

    def move(**by: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: real() + timedelta(**by))

    return move
