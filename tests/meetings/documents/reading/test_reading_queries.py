import pytest

from meetings.documents.reading.queries import said_in
from meetings.models import Certainty
from tests import factories


@pytest.fixture
def document(session, world):
    return factories.document(session, world.office)


@pytest.fixture
def described(session, installation, document):
    """Return what gives the document a page and a header."""

    def describe(**header):
        version = factories.version(
            session, installation.keys, installation.store, document, b"%PDF"
        )
        page = factories.page(session, version, number=1, width=600, height=800)
        empty = {"metadata": {}, "confidence": {}, "boxes": {}, "citations": []}
        version.header = empty | header if header else None
        session.flush()
        return page

    return describe


def test_a_document_that_was_not_read_says_nothing(session, document, described):
    assert said_in(session, document) == (None, {})
    described()
    assert said_in(session, document) == (None, {})


@pytest.mark.parametrize(
    ("confidence", "certainty"),
    [(0.95, Certainty.SURE), (0.7, Certainty.GUESS), (0.3, Certainty.LOOK)],
)
def test_a_field_comes_with_its_certainty_and_its_spot(
    session, document, described, confidence, certainty
):
    page = described(
        metadata={"number": "436-KL/TU"},
        confidence={"number": confidence},
        boxes={"number": {"page": 1, "box": [0.1, 0.2, 0.3, 0.02]}},
    )
    first, said = said_in(session, document)
    assert first == page
    assert said["symbol"].value == "436-KL/TU"
    assert said["symbol"].certainty is certainty
    assert said["symbol"].view == "52.8 150.4 194.4 35.2"
    assert set(said) == {"symbol"}


def test_a_spot_that_could_not_be_read_is_shown_without_a_value(session, document, described):
    described(metadata={"date": None}, boxes={"date": {"page": 1, "box": [0, 0, 0.5, 0.02]}})
    _, said = said_in(session, document)
    assert said["issued_on"].value is None
    assert said["issued_on"].certainty is Certainty.LOOK
    assert said["issued_on"].view.startswith("0.0 0.0 ")
