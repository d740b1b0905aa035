import json

import pytest

from meetings import clock, vault
from meetings.documents import queries
from tests import factories

IMAGES = {240: "thumbnail", 1200: "small_image", 1600: "large_image"}


@pytest.fixture
def document(session, world):
    return factories.document(session, world.office)


@pytest.fixture
def make_version(session, installation):
    def make(of, content=b"%PDF", **changes):
        return factories.version(
            session, installation.keys, installation.store, of, content, **changes
        )

    return make


@pytest.fixture
def page(session, installation, document, make_version):
    """A page whose pictures tell their own width."""
    version = make_version(document)
    reading = vault.reading_key(installation.keys, version)
    storage = vault.storage_key(installation.keys, version)
    word = {"text": "Tỉnh", "x": 0.1, "y": 0.2, "w": 0.3, "h": 0.01}

    def kept(content, key):
        return installation.store.put_bytes(content, key=key).digest

    blobs = {name: kept(str(width).encode(), reading) for width, name in IMAGES.items()}
    words = kept(json.dumps([word]).encode(), reading)
    return factories.page(
        session, version, words=words, text=kept("Tỉnh ủy".encode(), storage), **blobs
    )


def test_the_current_version_is_the_one_nothing_replaced(session, world, document, make_version):
    current = make_version(document, b"new", number=2)
    make_version(document, superseded_at=clock.now())
    make_version(factories.document(session, world.office))
    assert queries.current_version(session, document) == current


def test_a_document_without_a_file_has_no_current_version(session, world, document, make_version):
    make_version(factories.document(session, world.office))
    assert queries.current_version(session, document) is None


def test_a_document_whose_only_file_was_withdrawn_has_no_current_version(
    session, document, make_version
):
    make_version(document, superseded_at=clock.now())
    assert queries.current_version(session, document) is None


def test_current_versions_are_told_of_the_documents_asked_for(
    session, world, document, make_version
):
    other, noise, bare = (factories.document(session, world.office) for _ in range(3))
    expected = {of.id: make_version(of) for of in (document, other)}
    make_version(noise)
    assert queries.current_versions(session, [document, other, bare]) == expected
    assert queries.current_versions(session, []) == {}


def test_pages_come_in_order_and_of_one_version(session, world, document, make_version):
    version, other = make_version(document), make_version(factories.document(session, world.office))
    for number in (3, 1, 2):
        factories.page(session, version, number=number)
    factories.page(session, other)
    assert [page.number for page in queries.pages_of(session, version)] == [1, 2, 3]


def test_what_a_page_holds_is_read_with_the_right_key(installation, page):
    assert queries.page_text(installation, page) == "Tỉnh ủy"
    assert queries.page_words(installation, page) == [
        {"text": "Tỉnh", "x": 0.1, "y": 0.2, "w": 0.3, "h": 0.01}
    ]
    for width in IMAGES:
        assert queries.page_image(installation, page, width) == str(width).encode()


def test_a_width_that_is_not_made_is_no_picture(installation, page):
    with pytest.raises(KeyError):
        queries.page_image(installation, page, 800)


def test_after_a_recall_a_page_keeps_its_text_and_shows_nothing(installation, page):
    page.version.reading_key = None
    assert queries.page_text(installation, page) == "Tỉnh ủy"
    with pytest.raises(vault.Recalled):
        queries.page_image(installation, page, 240)
    with pytest.raises(vault.Recalled):
        queries.page_words(installation, page)
