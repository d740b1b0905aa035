import pytest
from sqlalchemy.orm import Session

from meetings import vault
from meetings.accounts.second_factor import services as second_factor
from meetings.installation import Installation
from meetings.models import AccessLevel, DocumentVersion, User
from storage import WrongKey
from tests import factories


@pytest.fixture
def version(session: Session, installation: Installation) -> DocumentVersion:
    document = factories.document(session, factories.body(session))
    return factories.version(session, installation.keys, installation.store, document, b"%PDF")


def test_a_version_opens_with_the_keys_it_was_given(
    installation: Installation, version: DocumentVersion
):
    key = vault.storage_key(installation.keys, version)
    assert installation.store.read(version.blob, key=key) == b"%PDF"
    assert vault.reading_key(installation.keys, version) != key


def test_one_body_has_one_compartment_a_level(session: Session, installation: Installation):
    body, other = factories.body(session), factories.body(session)
    levels = (AccessLevel.NORMAL, AccessLevel.INTERNAL)
    made = [
        vault.open_compartment(session, installation.keys, owner.id, level).id
        for owner in (body, other, body)
        for level in levels
    ]
    assert len(set(made)) == 4
    assert made[:2] == made[4:]


def test_a_key_does_not_open_under_another_versions_name(
    session: Session, installation: Installation, version: DocumentVersion
):
    other = factories.version(
        session, installation.keys, installation.store, version.document, b"x", number=2
    )
    other.storage_key = version.storage_key
    with pytest.raises(WrongKey):
        vault.storage_key(installation.keys, other)


def test_a_dropped_reading_key_is_a_recall(installation: Installation, version: DocumentVersion):
    version.reading_key = None
    with pytest.raises(vault.Recalled):
        vault.reading_key(installation.keys, version)


@pytest.fixture
def factor(session: Session, installation: Installation) -> tuple[User, str]:
    """An account with the secret of its authenticator app."""
    user = factories.user(session)
    return user, second_factor.begin(session, installation.keys, user)


def everything_opens(installation: Installation, version: DocumentVersion) -> bool:
    key = vault.storage_key(installation.keys, version)
    return installation.store.read(version.blob, key=key) == b"%PDF"


def test_everything_opens_at_every_step_of_an_exchange_of_the_root_key(
    session: Session, installation: Installation, version: DocumentVersion, factor
):
    keys, (user, secret) = installation.keys, factor
    old = keys.root
    for _ in range(2):  # the first is broken off before its end, the second goes on
        keys.begin_exchange()
        assert everything_opens(installation, version)
        assert vault.exchange_root(session, keys) == 2
        assert everything_opens(installation, version)
    keys.end_exchange()
    assert keys.roots == (keys.root,) != (old,)
    assert everything_opens(installation, version)
    assert second_factor.secret_of(session, keys, user) == secret


def test_the_end_of_an_exchange_is_on_the_disk(installation: Installation, disk):
    keys = installation.keys
    keys.begin_exchange()
    disk.clear()
    keys.end_exchange()
    assert disk == [("rename", keys.folder / "root"), ("fsync", keys.folder)]


def test_a_compartment_made_during_an_exchange_opens_after_it(
    session: Session, installation: Installation
):
    keys = installation.keys
    keys.begin_exchange()
    vault.exchange_root(session, keys)
    document = factories.document(session, factories.body(session))
    late = factories.version(session, keys, installation.store, document, b"%PDF")
    keys.end_exchange()
    assert everything_opens(installation, late)


def test_the_old_root_key_opens_nothing_after_an_exchange(
    session: Session, installation: Installation, version: DocumentVersion
):
    keys = installation.keys
    old = keys.root
    keys.begin_exchange()
    vault.exchange_root(session, keys)
    keys.end_exchange()
    (keys.folder / "root").write_bytes(old)
    with pytest.raises(WrongKey):
        vault.storage_key(keys, version)
