"""Real scans, beside what people read on them."""

import csv
import os
import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from meetings.intake import images, tesseract
from meetings.intake.fold import fold
from meetings.intake.text import read_pages

FOLDER = Path(__file__).with_name("transcripts")
SCANS = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "pdf-scanned"
ROWS = list(csv.DictReader((FOLDER / "index.csv").read_text(encoding="utf-8").splitlines()))
READ = ROWS if os.environ.get("LONG_TESTS") else ROWS[9:12:2]
OVERALL = 0.97
WORST = 0.9

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SCANS.is_dir(), reason="no real documents here"),
    pytest.mark.skipif(not tesseract.is_available(), reason="no tesseract here"),
]


def words(text):
    return re.findall(r"\w+", fold(text))


def read(row, folder):
    source = SCANS / row["document"]
    if source.suffix != ".pdf":
        images.to_pdf(source, folder)
        source = folder / images.SHOWN
    (page,) = read_pages(source, [int(row["page"])], recognise=True)
    return words(page.text)


def test_nearly_all_words_of_real_scans_are_read(tmp_path):
    right, all_words = Counter(), Counter()
    for row in READ:
        folder = tmp_path / row["transcript"]
        folder.mkdir()
        truth = words((FOLDER / f"{row['transcript']}.txt").read_text(encoding="utf-8"))
        blocks = SequenceMatcher(None, truth, read(row, folder), autojunk=False)
        right[row["transcript"]] = sum(block.size for block in blocks.get_matching_blocks())
        all_words[row["transcript"]] = len(truth)
    shares = {name: right[name] / count for name, count in all_words.items()}
    assert right.total() / all_words.total() >= OVERALL, shares
    assert min(shares.values()) >= WORST, shares
