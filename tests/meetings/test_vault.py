import pytest
from sqlalchemy.orm import Session

from meetings import vault
from meetings.installation import Installation
from meetings.models import AccessLevel, DocumentVersion
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
