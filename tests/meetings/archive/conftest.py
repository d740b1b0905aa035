"""Documents with pages of text, without the cost of typesetting and preparing them."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from meetings import clock, vault
from meetings.archive import tasks
from meetings.installation import Installation
from meetings.jobs import Run
from meetings.models import Body, Document, DocumentVersion, new_id
from tests import factories

File = Callable[..., Document]
Revise = Callable[..., DocumentVersion]
Renew = Callable[[Document], None]


def words_of(text: str) -> bytes:
    """Return the words of a page in one line from left to right."""
    line = [
        {"text": word, "x": place / 100, "y": 0.1, "w": 0.009, "h": 0.02}
        for place, word in enumerate(text.split())
    ]
    return json.dumps(line).encode()


@pytest.fixture
def renew(installation: Installation) -> Renew:
    """Return the index job of a document, done at once."""

    def done(document: Document) -> None:
        tasks.renew(Run(installation, new_id(), {"document": str(document.id)}))

    return done


@pytest.fixture
def revise(session: Session, installation: Installation) -> Revise:
    """Return a maker of versions with a page for each text."""

    def made(document: Document, *texts: str, **values: object) -> DocumentVersion:
        count = {"page_count": len(texts)}
        keys, store = installation.keys, installation.store
        version = factories.version(session, keys, store, document, b"%PDF", **count | values)
        key = vault.storage_key(keys, version)
        for number, text in enumerate(texts, start=1):
            stored = store.put_bytes(text.encode(), key=key)
            boxes = store.put_bytes(words_of(text), key=vault.reading_key(keys, version))
            files = {"text": stored.digest, "words": boxes.digest}
            factories.page(session, version, number=number, **files)
        return version

    return made


@pytest.fixture
def file(session: Session, revise: Revise, renew: Renew) -> File:
    """Return a maker of archived, indexed documents with a page for each text."""

    def filed(body: Body, *texts: str, **values: object) -> Document:
        document = factories.document(session, body, **{"archived_at": clock.now()} | values)
        revise(document, *texts)
        session.commit()
        renew(document)
        return document

    return filed
