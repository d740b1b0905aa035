import numpy as np
from PIL import Image

from meetings.intake.ocr.light import evened


def shaded(page):
    """Return a page on which the light falls from the right."""
    seen = np.asarray(page.convert("L"), dtype=np.float32)
    return Image.fromarray((seen * np.linspace(0.4, 1, seen.shape[1])).astype(np.uint8))


def test_a_shadow_is_taken_off_and_the_letters_stay(scan):
    page = evened(shaded(scan))
    tones = np.asarray(page)
    assert np.percentile(tones[:, :100], 50) > 240
    assert tones.min() < 60


def test_an_evenly_lit_page_is_left_as_it_is(scan):
    grey = scan.convert("L")
    assert evened(grey) is grey
