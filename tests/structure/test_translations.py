"""House rules of the texts, as tests."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "meetings/translations/vi/LC_MESSAGES/messages.po"


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every text of code and templates."""
    target = tmp_path_factory.mktemp("messages") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract"]
    mapping = ["-F", "meetings/translations/babel.cfg", "-k", "lazy_gettext", "-o", str(target)]
    subprocess.run([*command, *mapping, "."], cwd=ROOT, check=True)
    with target.open("rb") as file:
        return {identity(message.id) for message in read_po(file) if message.id}


def identity(message_id: object) -> str:
    return message_id[0] if isinstance(message_id, tuple) else str(message_id)


def catalogue():
    with CATALOGUE.open("rb") as file:
        return [message for message in read_po(file, locale="vi") if message.id]


def test_every_text_has_its_vietnamese(extracted: set[str]):
    known = {identity(message.id) for message in catalogue()}
    assert extracted - known == set(), "run `make messages` and translate"


def test_the_catalogue_as_a_whole_is_not_doubtful_or_nothing_of_it_would_be_used():
    with CATALOGUE.open("rb") as file:
        assert not read_po(file, locale="vi").fuzzy


def test_no_translation_is_empty_or_doubtful():
    for message in catalogue():
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(texts), message.id
        assert not message.fuzzy, message.id


def test_no_translation_is_left_over(extracted: set[str]):
    assert {identity(message.id) for message in catalogue()} - extracted == set()


def test_placeholders_survive_translation():
    for message in catalogue():
        assert not list(message.check()), message.id


def test_texts_in_code_are_short_english():
    for message in catalogue():
        assert identity(message.id).isascii() or not set(identity(message.id)) & set("ăâđêôơư")
        assert len(identity(message.id)) <= 220, message.id
