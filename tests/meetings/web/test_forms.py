"""Forms: fields that trim, limits with their messages, and the answer to a failing form."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, ValidationError

from meetings.web import forms

ACCEPTED = {"name": "Chi bộ", "remarks": "Ý kiến", "minutes": "20"}


def odd(_form, field):
    if field.data == "even":
        message = "not odd"
        raise ValidationError(message)


class Sample(forms.Form):
    """A form with every field and limit of the house."""

    name = forms.TextField("Name", length=10, validators=[odd])
    nickname = forms.TextField("Nickname", needed=False, length=10)
    remarks = forms.ParagraphField("Remarks", length=20)
    notes = forms.ParagraphField("Notes", needed=False, length=20)
    minutes = IntegerField("Minutes", [forms.required(), forms.whole_number(1, 60)])


@pytest.fixture
def fill(app: Flask):
    """Return the sample, validated, as a reader of Vietnamese sent it."""
    made = []

    def filled(**changes):
        context = app.test_request_context("/", method="POST", headers={"Accept-Language": "vi"})
        context.push()
        made.append(context)
        form = Sample(MultiDict(ACCEPTED | changes), meta={"csrf": False})
        form.validate()
        return form

    yield filled
    for context in reversed(made):
        context.pop()


def test_a_form_that_is_filled_in_as_asked_has_no_complaint(fill):
    form = fill(nickname="Bé", notes="Ghi chú")
    assert form.errors == {}
    assert (form.name.data, form.nickname.data) == ("Chi bộ", "Bé")
    assert (form.remarks.data, form.notes.data) == ("Ý kiến", "Ghi chú")
    assert form.minutes.data == 20


@pytest.mark.parametrize("name", ["name", "remarks"])
@pytest.mark.parametrize("blank", ["", "   ", "\u200b\x00", "\r\n"])
def test_a_needed_text_of_nothing_visible_is_missing(fill, name, blank):
    form = fill(**{name: blank})
    assert {field: list(map(str, found)) for field, found in form.errors.items()} == {
        name: ["Vui lòng điền mục này."]
    }


@pytest.mark.parametrize("name", ["nickname", "notes"])
def test_a_text_that_is_not_needed_may_be_left_out_but_not_be_too_long(fill, name):
    assert fill(**{name: ""}).errors == {}
    assert list(fill(**{name: "x" * 21}).errors) == [name]


@pytest.mark.parametrize(("name", "length"), [("name", 10), ("remarks", 20)])
def test_a_text_may_have_its_full_length_and_no_more(fill, name, length):
    assert fill(**{name: "ă" * length}).errors == {}
    errors = fill(**{name: "ă" * (length + 1)}).errors
    assert list(errors) == [name]
    assert str(length) in str(errors[name][0])


def test_blanks_around_a_text_do_not_count_towards_its_length(fill):
    form = fill(name="  " + "x" * 10 + "  ")
    assert form.errors == {}
    assert form.name.data == "x" * 10


@pytest.mark.parametrize(("minutes", "accepted"), [(0, False), (1, True), (60, True), (61, False)])
def test_a_number_keeps_to_its_limits(fill, minutes, accepted):
    errors = fill(minutes=str(minutes)).errors
    assert (errors == {}) is accepted
    assert accepted or list(errors) == ["minutes"]


def test_a_number_out_of_bounds_is_told_both_limits(fill):
    (message,) = fill(minutes="99").errors["minutes"]
    assert "1" in message
    assert "60" in message
    assert "%(" not in message


def test_a_field_may_have_a_check_of_its_own_beside_those_of_the_house(fill):
    assert fill(name="odd").errors == {}
    assert fill(name="even").errors == {"name": ["not odd"]}


def test_complaints_are_in_vietnamese_with_their_number(fill):
    (message,) = fill(name="x" * 11).errors["name"]
    assert "10" in message
    assert "characters" not in message
    assert "%(" not in message


def test_what_was_typed_stays_in_a_form_that_failed(fill):
    form = fill(name="x" * 11, minutes="99")
    assert set(form.errors) == {"name", "minutes"}
    assert (form.name.data, form.remarks.data) == ("x" * 11, "Ý kiến")


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  Tỉnh ủy  ", "Tỉnh ủy"),
        ("một\nhai\tba", "một\nhai\tba"),
        ("một\r\nhai", "một\nhai"),
        ("a\x00b\x1bc\u202ed\u200be", "abcde"),
        ("Tỉnh\u00a0ủy\u2003Lam\u3000Khê", "Tỉnh ủy Lam Khê"),
        ("một\vhai\u2028ba\x85bốn", "một\nhai\nba\nbốn"),
        ("\u00a0\r\n\v", ""),
        ("", ""),
    ],
)
def test_a_text_loses_its_margins_and_what_no_page_can_show(given_text, kept):
    assert forms.trimmed(given_text) == kept


@pytest.mark.parametrize("value", [None, 7, ["  a "]])
def test_what_is_no_text_is_left_as_it_is(value):
    assert forms.trimmed(value) is value


@given(st.text())
def test_trimming_keeps_every_visible_letter_and_twice_is_once(text):
    once = forms.trimmed(text)
    assert forms.trimmed(once) == once
    assert [c for c in once if c.isprintable() and c != " "] == [
        c for c in text if c.isprintable() and c != " "
    ]
    assert all(c.isprintable() or c in "\n\t" for c in once)


@given(day=st.dates(date(1930, 2, 3)), shape=st.sampled_from(forms.DATE_FORMATS))
def test_any_day_written_in_a_known_shape_is_that_day(day, shape):
    read = [forms._parsed(day.strftime(shape), known) for known in forms.DATE_FORMATS]
    assert [found for found in read if found] == [day]
