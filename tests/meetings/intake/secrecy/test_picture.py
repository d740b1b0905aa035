"""Stamped pages are stopped, whatever the stamp looks like; other stamps stop nothing."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, ImageDraw

from meetings.intake.prepared import Word
from meetings.intake.secrecy import Evidence, can_look
from meetings.intake.secrecy.picture import (
    RED,
    _has_red,
    _red_regions,
    _redness,
    secrecy_in_picture,
)
from tests.meetings.intake.secrecy.stamps import font, stamped_page, unstamped_page

PAGES = 300 if os.environ.get("LONG_TESTS") else 30
FIRST_SEED = 1000
PASSED = max(1, PAGES // 100)  # at most; the goal is that 99 of 100 are stopped

pytestmark = pytest.mark.skipif(not can_look(), reason="no tesseract here")


def stopped(seed):
    return secrecy_in_picture(stamped_page(seed).picture) is not None


def test_stamped_pages_are_stopped():
    seeds = range(FIRST_SEED, FIRST_SEED + PAGES)
    with ThreadPoolExecutor(2) as pool:
        missed = [
            seed for seed, found in zip(seeds, pool.map(stopped, seeds), strict=True) if not found
        ]
    styles = [stamped_page(seed).style for seed in missed]
    assert [style for style in styles if not style.endswith("grey")] == []
    assert len(missed) <= PASSED, styles


@pytest.mark.parametrize("seed", [1134, 1236])
def test_a_mark_that_hangs_on_a_seal_is_known_by_its_shape_even_on_its_head(seed):
    assert stopped(seed)


@pytest.mark.parametrize("seed", range(4))
def test_other_stamps_stop_nothing(seed):
    assert secrecy_in_picture(unstamped_page(seed)) is None


def test_the_same_seed_makes_the_same_page():
    assert stamped_page(7).picture.tobytes() == stamped_page(7).picture.tobytes()


@pytest.fixture
def typed():
    """Return a maker of plain pages with words high on them."""

    def make(words, ink="black", angle=0):
        page = Image.new("RGB", (1240, 1754), "white")
        label = Image.new("RGB", (500, 120), "white")
        ImageDraw.Draw(label).text((30, 20), words, font=font("LiberationSerif-Bold", 60), fill=ink)
        page.paste(label.rotate(angle, expand=True, fillcolor="white"), (200, 150))
        return page

    return make


def test_a_red_word_is_seen_with_its_level_and_place(typed):
    found = secrecy_in_picture(typed("TỐI MẬT", (200, 30, 30), 15))
    assert (found.level, found.evidence) == ("S2", Evidence.PICTURE)
    assert found.box.x < 0.3
    assert found.box.y < 0.2


def test_a_black_word_is_read_among_the_words(typed):
    assert secrecy_in_picture(typed("TUYỆT MẬT")).level == "S3"


def test_a_black_word_askew_is_read_in_its_region(typed):
    assert secrecy_in_picture(typed("TỐI MẬT", angle=18), known=[]).level == "S2"


def test_known_words_are_not_read_again(typed):
    everything = [Word("chữ", 0, 0, 1, 1)]
    assert secrecy_in_picture(typed("TỐI MẬT"), known=everything) is None


def test_a_blank_page_bears_nothing():
    assert secrecy_in_picture(Image.new("L", (1240, 1754), 255)) is None


@pytest.mark.parametrize("excess", [0, RED - 1, RED, RED + 1, 3 * RED])
def test_ink_too_pale_to_be_looked_for_is_no_region_of_red(typed, excess):
    page = typed("TUYỆT MẬT", ink=(120 + excess, 120, 120))
    regions = _red_regions(_redness(page))
    assert not regions or _has_red(page)
    assert _has_red(page) == (excess > RED)
