"""Papers as they were kept before there were light pictures, and a child that costs nothing."""

from meetings import jobs, vault
from meetings.documents.aids import tasks
from meetings.documents.queries import (
    contents_of,
    current_version,
    light_image,
    named_files,
    pages_of,
)
from meetings.intake import Contents
from meetings.intake.contents import Bookmark
from meetings.models import Document
from tests import factories

TOLD = Contents((Bookmark(2, 1, "Mục lục bí mật"),), ("i", "1"))
ALL_MADE = ([b"RIFF light picture of a page1", b"RIFF light picture of a page2"], TOLD)
PICTURE, LIGHT = b"RIFF whole picture of a page", b"RIFF light picture of a page"


def lightened(pictures, output):
    """Make light pictures as a child does."""
    made = []
    for number, picture in enumerate(pictures, 1):
        assert picture.read_bytes().startswith(PICTURE)
        made.append(output / f"{number}.webp")
        made[-1].write_bytes(LIGHT + str(number).encode())
    return made


def laid(installation, session, body) -> Document:
    """Keep a paper of two pages without light pictures or contents."""
    document = factories.document(session, body)
    keys, store = installation.keys, installation.store
    original = document.title.encode()
    version = factories.version(session, keys, store, document, original, page_count=2)
    key = vault.reading_key(keys, version)
    version.viewing = store.put_bytes(f"%PDF {document.id}".encode(), key=key).digest
    for number in (1, 2):
        picture = PICTURE + f"{number} {document.id}".encode()
        names = ("small_image", "large_image", "thumbnail", "words", "text")
        files = {name: store.put_bytes(picture + name.encode(), key=key).digest for name in names}
        factories.page(session, version, number=number, **files)
    session.commit()
    return document


def seen(installation, document):
    """Return the version read now and its pages, as they stand."""
    with installation.database.reading() as session:
        version = current_version(session, session.get_one(Document, document.id))
        _ = version.compartment
        return version, pages_of(session, version)


def shown(installation, document):
    """Return what a reader gets: the light pictures, and what the paper says of its order."""
    with installation.database.reading() as session:
        version = current_version(session, session.get_one(Document, document.id))
        lights = [light_image(installation, page) for page in pages_of(session, version)]
        return lights, contents_of(installation, version)


def make(installation, version_id) -> None:
    """Do the job of a version, as a worker does."""
    order = {"version": str(version_id)}
    job = installation.database.write(
        lambda session: jobs.enqueue(session, tasks.KIND, order, key=f"aids:{version_id}")
    )
    tasks.make(jobs.Run(installation, job.id, order, job.lease_owner))


def unnamed(installation) -> set[str]:
    """Return the files that no row names."""
    with installation.database.reading() as session:
        return set(installation.store.digests()) - set(named_files(session))


def laid_open(installation) -> list:
    """Return what lies in quarantine, where files are laid out for a child."""
    return list(installation.settings.quarantine_folder.iterdir())
