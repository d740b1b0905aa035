from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from meetings.documents.forms import ACCESS_LEVELS, DOCUMENT_TYPES, DescribeForm
from meetings.models import AccessLevel, DocumentType, User

FILLED = {
    "title": "Báo cáo\n  quý III ",
    "doc_type": "report",
    "symbol": " 12-BC/VP ",
    "issued_on": "",
    "issuer": "",
    "signer": "",
    "access_level": "1",
}


@pytest.fixture
def fill(app):
    """Return what fills the form in as a clerk of a clearance."""

    def filled(clearance=AccessLevel.INTERNAL, **changes):
        clerk = User(username="clerk", clearance=clearance)
        with app.test_request_context(method="POST"):
            sent = MultiDict(FILLED | changes)
            form = DescribeForm(by=clerk, formdata=sent, meta={"csrf": False})
            form.validate()
            errors = {name: list(map(str, told)) for name, told in form.errors.items()}
            return form, errors

    return filled


def test_every_type_and_level_has_a_word():
    assert set(DOCUMENT_TYPES) == set(DocumentType)
    assert set(ACCESS_LEVELS) == set(AccessLevel)


def test_what_was_filled_in_comes_back_tidy_and_typed(fill):
    form, errors = fill()
    assert errors == {}
    assert form.values == {
        "title": "Báo cáo quý III",
        "doc_type": DocumentType.REPORT,
        "symbol": "12-BC/VP",
        "issued_on": None,
        "issuer": "",
        "signer": "",
        "access_level": AccessLevel.INTERNAL,
    }


@pytest.mark.parametrize("typed", ["2026-11-25", "25/11/2026", "25-11-2026", "25.11.2026"])
def test_a_day_is_read_as_sent_by_a_calendar_or_typed_by_hand(fill, typed):
    form, errors = fill(issued_on=f" {typed} ")
    assert errors == {}
    assert form.values["issued_on"] == date(2026, 11, 25)


@pytest.mark.parametrize("typed", ["30/02/2026", "11/25/2026", "hôm qua", "1929-12-31", "1/1/26"])
def test_a_day_that_cannot_be_is_refused_and_kept_to_be_mended(fill, typed):
    form, errors = fill(issued_on=typed)
    assert list(errors) == ["issued_on"]
    assert form.issued_on.raw_data == [typed]


def test_a_document_needs_a_title(fill):
    _form, errors = fill(title=" \n ")
    assert list(errors) == ["title"]


@pytest.mark.parametrize(("field", "length"), [("title", 1001), ("symbol", 61), ("signer", 121)])
def test_what_is_too_long_is_refused(fill, field, length):
    _form, errors = fill(**{field: "x" * length})
    assert list(errors) == [field]
    _form, errors = fill(**{field: "x" * (length - 1)})
    assert errors == {}


@pytest.mark.parametrize("clearance", AccessLevel)
@pytest.mark.parametrize("level", AccessLevel)
def test_nobody_sets_a_level_above_their_own_clearance(fill, clearance, level):
    _form, errors = fill(clearance, access_level=str(int(level)))
    assert bool(errors) == (level > clearance)


@pytest.mark.parametrize("choice", [{"doc_type": "secret"}, {"access_level": "x"}])
def test_a_choice_that_is_not_offered_is_refused(fill, choice):
    _form, errors = fill(**choice)
    assert list(errors) == list(choice)
