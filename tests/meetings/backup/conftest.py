from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from meetings import audit
from meetings.backup import checking, contents, recovery, restoring, services
from meetings.backup.databases import place_of
from meetings.backup.manifest import TableRecord
from meetings.installation import Installation
from meetings.models import OneTimeSecret
from meetings.settings import Settings
from tests import factories

CANARY = "Tờ trình về chim hoàng yến"


@pytest.fixture(scope="session")
def pair(tmp_path_factory) -> tuple[Path, str]:
    """The file of a recovery key's secret half, and its public half."""
    file = tmp_path_factory.mktemp("safe") / "recovery.key"
    return file, recovery.make_pair(file)


@pytest.fixture
def identity(pair) -> Path:
    return pair[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def settings(settings: Settings, pair, folder: Path) -> Settings:
    return replace(settings, recovery_key=pair[1], backup_folder=str(folder))


@pytest.fixture
def add_document(session, installation, world) -> Callable[..., str]:
    """Return what adds a document of one page and returns the name of its original."""

    def add(content: bytes, title: str = CANARY, **pages: str) -> str:
        keys, store = installation.keys, installation.store
        document = factories.document(session, world.office, title=title)
        version = factories.version(session, keys, store, document, content)
        names = {
            name: store.put_bytes(f"{name} of {title}".encode(), key=b"r" * 32).digest
            for name in ("small_image", "large_image", "thumbnail", "words", "text")
        }
        factories.page(session, version, **names | pages)
        audit.record(session, audit.Deed(action="document:create", subject_id=str(document.id)))
        session.commit()
        return version.blob

    return add


@pytest.fixture
def filled(session, world, add_document, installation) -> Installation:
    """An installation with two documents, a ledger and a person who is signed in."""
    factories.sign_in(session, world.clerk, token_hash="canary-of-a-sign-in")
    session.add(
        OneTimeSecret(
            user_id=world.clerk.id,
            secret_hash="canary-of-a-secret",
            expires_at=world.meeting.starts_at,
        )
    )
    add_document(b"The first original." * 99)
    add_document(b"The second original." * 99, title="Báo cáo")
    return installation


@pytest.fixture
def create(filled: Installation, folder: Path) -> Callable[[], services.Made]:
    return lambda: services.create(filled, folder)


@pytest.fixture
def verify(folder: Path, identity: Path) -> Callable[..., checking.Verified]:
    return lambda name=None: checking.verify(folder, identity, name)


@pytest.fixture
def elsewhere(tmp_path: Path, empty_database: str) -> Settings:
    """The settings of a machine that holds nothing yet."""
    return Settings(instance=tmp_path / "elsewhere", min_free=0, database=empty_database)


@pytest.fixture
def told(tmp_path: Path) -> Callable[[Installation], dict[str, TableRecord]]:
    """Return what tells rows and digest of every table that is backed up."""

    def tell(installation: Installation) -> dict[str, TableRecord]:
        copy = tmp_path / uuid4().hex
        place_of(installation.settings).snapshot(installation.database, copy)
        with contents.opened(copy) as engine:
            return contents.tables_of(engine)

    return tell


@pytest.fixture
def restore(elsewhere: Settings, folder: Path, identity: Path):
    return lambda name=None: restoring.restore(elsewhere, folder, identity, name)


@pytest.fixture
def flip() -> Callable[[Path, int], None]:
    """Return what turns one bit of a file around."""

    def turn(file: Path, bit: int) -> None:
        data = bytearray(file.read_bytes())
        data[bit // 8 % len(data)] ^= 1 << bit % 8
        file.write_bytes(data)

    return turn
