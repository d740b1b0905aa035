import re

import pytest

PAGE = "{% extends 'base.html' %}{% block title %}Agenda{% endblock %}"


def in_mode(mode):
    return PAGE + "{% set mode = '" + mode + "' %}{% block content %}<p>body</p>{% endblock %}"


def test_a_page_says_its_title_language_and_preferences(draw):
    page = draw(in_mode(""))
    assert "<title>Agenda · Nghị Sự</title>" in page
    assert re.search(r'<html lang="vi" data-theme="night" data-size="125">', page)


def test_the_full_frame_shows_places_person_and_help(draw):
    page = draw(in_mode(""))
    assert re.search(r'<a href="/to/Today.all" aria-current="page">', page)
    assert not re.search(r'<a href="/to/Archive.all" aria-current', page)
    assert "Lê &lt;An&gt;" in page
    assert 'href="tel:4321"' in page
    assert 'href="/to/help.feedback"' in page


def test_a_stranger_is_offered_to_sign_in_and_not_out(draw, engine):
    engine.globals["current_user"].is_authenticated = False
    page = draw(in_mode(""))
    assert 'href="/to/accounts.sign_in"' in page
    assert "accounts.sign_out" not in page


@pytest.mark.parametrize("name", ["current_user", "navigation"])
def test_a_bare_page_needs_neither_person_nor_places(draw, engine, name):
    del engine.globals[name]
    page = draw(in_mode("bare"))
    assert "<p>body</p>" in page
    assert 'class="navigation"' not in page
    assert 'action="/to/web.preferences"' in page


def test_an_immersive_page_has_no_frame_but_a_way_to_the_content(draw):
    page = draw(in_mode("immersive"))
    assert 'href="#main"' in page
    assert 'class="header"' not in page
    assert 'class="footer"' not in page


def test_preferences_come_back_to_the_page_and_show_the_choice(draw):
    page = draw(in_mode(""))
    assert 'name="next" value="/meetings?year=2026"' in page
    pressed = re.findall(r'name="(\w+)" value="(\w+)"[^>]*aria-pressed="true"', page)
    assert pressed == [("size", "125"), ("theme", "night"), ("locale", "vi")]


def test_every_form_of_the_frame_carries_the_token(draw):
    page = draw(in_mode(""))
    assert page.count("<form") == page.count('name="csrf_token" value="token-of-this-session"') == 2
    assert 'name="csrf-token" content="token-of-this-session"' in page


def test_flashed_messages_are_read_out_and_escaped(draw, engine):
    engine.globals["flashed"] = [("success", "Saved."), ("error", "<b>No</b>")]
    page = draw(in_mode(""))
    assert re.search(r'notice-success" role="status" data-dismissible', page)
    assert re.search(r'notice-error" role="alert" data-dismissible', page)
    assert "&lt;b&gt;No&lt;/b&gt;" in page


def test_no_messages_leave_no_box(draw):
    assert 'class="flashes"' not in draw(in_mode(""))
