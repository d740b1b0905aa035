"""Real files of old fonts: what their PDF says, counted in words against their transcripts."""

import shutil
import unicodedata
from collections import Counter

import pytest

from meetings.intake import inspect_file, page_texts
from meetings.intake.viewing import cells_of, viewing_copy
from tests.meetings.intake.conftest import REAL

OLD = sorted(
    path for path in REAL.glob("legacy-encoding/*.*") if path.suffix not in {".txt", ".md"}
)
OFFICE = sorted(path for path in REAL.glob("office/*.*") if path.suffix != ".md")
SAMPLE = [path for path in OLD if path.stem[-3:] in {"d04", "d09", "d10", "d14", "d16", "d18"}]
LEAST = 0.93

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here"),
]


def said(path, folder):
    verdict = inspect_file(path, path.name)
    assert verdict.accepted
    shown = viewing_copy(path, verdict.media_type, folder)
    count = inspect_file(shown, "document.pdf").pages
    pages = page_texts(shown, count, recognise=False)
    return cells_of(folder) or "\n".join(page.text for page in pages)


def words(text):
    return Counter(unicodedata.normalize("NFC", text).casefold().split())


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_a_file_in_an_old_font_says_what_its_transcript_says(path, output):
    wanted = words(path.with_name(f"{path.name}.gt.txt").read_text(encoding="utf-8"))
    found = words(said(path, output))
    assert 2 * (wanted & found).total() / (wanted.total() + found.total()) >= LEAST


@pytest.mark.parametrize("path", OFFICE, ids=lambda path: path.name)
def test_every_real_office_file_is_accepted(path):
    assert path.suffix == ".jsonl" or inspect_file(path, path.name).accepted
