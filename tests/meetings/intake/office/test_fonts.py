import shutil

import pytest

from meetings.intake.office import fonts


@pytest.fixture
def found(monkeypatch, tmp_path):
    """Return a way to let fontconfig find a file of our choice."""

    def find(file):
        program = tmp_path / "fc-match"
        program.write_text(f"#!/bin/sh\nprintf %s '{file}'\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))

    return find


@pytest.mark.parametrize("family", fonts.FAMILIES)
def test_the_fonts_of_this_machine_have_every_letter(family):
    assert fonts.missing_letters(family) == ""


def test_all_letters_are_missing_where_no_font_can_be_read(found, tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    for file in ("", broken, tmp_path / "gone.ttf"):
        found(file)
        assert fonts.missing_letters("Arial") == fonts.LETTERS


def test_letters_that_a_font_lacks_are_named(found, tmp_path):
    from fontTools.fontBuilder import FontBuilder

    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "other"])
    known = [ord(letter) for letter in fonts.LETTERS if letter not in "ơệ"]
    builder.setupCharacterMap(dict.fromkeys(known, "other"))
    builder.save(tmp_path / "poor.ttf")
    found(tmp_path / "poor.ttf")
    assert sorted(fonts.missing_letters("Arial")) == sorted("ơệ")


def test_a_machine_without_fontconfig_has_no_letters(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    state = fonts.conversion_state()
    assert state.missing == dict.fromkeys(fonts.FAMILIES, fonts.LETTERS)
    assert not state.is_good


@pytest.mark.parametrize(("program", "is_good"), [("/usr/bin/soffice", True), (None, False)])
def test_conversion_is_good_with_program_and_letters(monkeypatch, program, is_good):
    monkeypatch.setattr(shutil, "which", lambda _name, **_: program)
    assert fonts.conversion_state() == fonts.ConversionState(has_program=is_good, missing={})
    assert fonts.conversion_state().is_good is is_good
