import json

import pytest

from meetings.intake.page_text import PageText, Source
from meetings.intake.prepared import Word

PAGE = PageText(
    number=3,
    text="Tờ trình",
    words=(Word("Tờ", 0.1, 0.2, 0.03, 0.01),),
    source=Source.OCR,
    quality=0.9,
    quarters=2,
)


def test_a_page_survives_the_way_through_json():
    assert PageText.from_json(json.loads(json.dumps(PAGE.to_json()))) == PAGE


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": None},
        {"number": float("inf")},
        {"words": 5},
        {"words": ["Tờ", "trình"]},
        {"boxes": [1000, 2000]},
        {"boxes": ["left", 0, 0, 0]},
        {"source": "rumour"},
        {"quality": "high"},
    ],
)
def test_what_is_no_page_is_told(wrong):
    with pytest.raises(ValueError, match=r"."):
        PageText.from_json(PAGE.to_json() | wrong)


def test_a_page_without_its_parts_is_none():
    with pytest.raises(ValueError, match="not the text of a page"):
        PageText.from_json({"number": 1})
