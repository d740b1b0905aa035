import re

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    validators,
)

FORM = """{% from "components/form.html" import form as draw, all_fields %}
{% call draw(form, multipart=true) %}{{ all_fields(form) }}{% endcall %}"""
FIELD = '{% from "components/field.html" import field %}{{ field(one) }}'


class MeetingForm(Form):
    title = StringField(
        "Title", [validators.DataRequired("Please fill this in.")], description="As printed."
    )
    place = StringField("Place", [validators.Optional()])
    body = SelectField("Body", choices=[SelectChoice("1", "One"), SelectChoice("2", "Two")])
    note = TextAreaField("Note", [validators.Length(max=3, message="Too long.")])
    level = RadioField(
        "Level",
        [validators.InputRequired("Please choose.")],
        choices=[SelectChoice("a", "A"), SelectChoice("b", "B")],
    )
    send = BooleanField("Send at once")
    files = MultipleFileField("Files", [validators.Optional()])
    version = HiddenField(default="7")


@pytest.fixture
def fresh():
    return MeetingForm()


@pytest.fixture
def refused():
    form = MeetingForm(MultiDict({"body": "1", "note": "four"}))
    assert not form.validate()
    return form


def test_every_visible_field_is_drawn_once_with_its_label(draw, fresh):
    page = draw(FORM, form=fresh)
    for field in fresh:
        assert len(re.findall(rf'name="{field.name}"', page)) == (2 if field.name == "level" else 1)
    assert page.count('class="field-label"') == 6


def test_hidden_fields_and_the_token_travel_with_the_form(draw, fresh):
    page = draw(FORM, form=fresh)
    assert re.search(r'name="version" type="hidden" value="7"', page)
    assert 'name="csrf_token" value="token-of-this-session"' in page
    assert "enctype=multipart/form-data " in page
    assert "novalidate" in page


def test_a_fresh_form_complains_of_nothing(draw, fresh):
    page = draw(FORM, form=fresh)
    assert "field-invalid" not in page
    assert "aria-invalid" not in page
    assert 'role="alert"' not in page


def test_a_refused_form_leads_from_its_summary_to_each_wrong_field(draw, refused):
    page = draw(FORM, form=refused)
    summary = page.split('class="errors"')[1].split("</ul>")[0]
    targets = re.findall(r'href="#([\w-]+)"', summary)
    assert targets == ["title", "note", "level-0"]
    for target in targets:
        assert f'id="{target}"' in page


def test_a_wrong_control_is_described_by_hint_and_error(draw, refused):
    page = draw(FIELD, one=refused.title)
    assert 'aria-describedby="title-hint title-error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="title-hint">As printed.<' in page
    assert re.search(r'id="title-error">.*Please fill this in\.', page)


def test_a_right_control_beside_it_is_left_alone(draw, refused):
    page = draw(FIELD, one=refused.place)
    assert "aria-" not in page
    assert "place-error" not in page


def test_optional_fields_say_so_and_others_do_not(draw, fresh):
    assert "(optional)" in draw(FIELD, one=fresh.place)
    assert "(optional)" not in draw(FIELD, one=fresh.title)


def test_a_group_of_radios_is_described_as_a_group(draw, refused):
    page = draw(FIELD, one=refused.level)
    assert '<fieldset aria-describedby="level-error"' in page
    assert page.count('type="radio"') == 2


def test_further_keywords_become_attributes(draw, fresh):
    source = FIELD.replace("field(one)", 'field(one, autocomplete="off", class="control short")')
    page = draw(source, one=fresh.title)
    assert 'autocomplete="off"' in page
    assert 'class="control short"' in page


def test_what_was_typed_comes_back_escaped(draw):
    page = draw(FIELD, one=MeetingForm(MultiDict({"title": '"><b>'})).title)
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
