"""Mistyped words are put right by what stands beside them in the papers."""

import pytest

from search_index import SearchIndex
from tests.search_index.library import document

TEXTS = {
    "paper": "Phòng họp không giấy của tỉnh; đồng chí Lò Văn Thắng chủ trì; phòng hát",
    "forest": "Kinh tế rừng và kinh tế biển, rừng gỗ lớn, rừng phòng hộ",
    "drum": "gẩy đàn gẩy đàn gẩy đàn, gậy gộc, rung chuông",
    "hidden": "khổng lồ; ruộng bậc thang",
}
SEEN = {"paper", "forest", "drum"}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    index = SearchIndex.open(tmp_path_factory.mktemp("typos") / "index")
    index.put(*(document(name, text) for name, text in TEXTS.items()))
    return index


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phòng họp không gấy", "phòng họp không giấy"),
        ("phong hop khong gaiy", "phong hop khong giay"),
        ("kih tế rừng", "kinh tế rừng"),
        ("kinh te rug", "kinh te rung"),
        ("đồng chí Lò Văn Thág", "đồng chí Lò Văn Thắng"),
        ("KIH TẾ", "KINH TẾ"),
        ("rừgn", "rừng"),
        ('"kih tế" -biển', '"kinh tế" -biển'),
    ],
)
def test_a_word_is_put_right_by_its_neighbours(shelf, typed, meant):
    assert shelf.suggestion(typed, allowed=SEEN) == meant


@pytest.mark.parametrize(
    "typed", ["", "kinh tế rừng", "kinh tees", "436-KL/TU", "xyzxyz", "12 34", "zzzz rừng"]
)
def test_what_is_right_or_beyond_guess_is_left(shelf, typed):
    assert shelf.suggestion(typed, allowed=SEEN) is None


def test_hidden_papers_suggest_nothing(shelf):
    assert shelf.suggestion("ruộgn bậc", allowed=SEEN) is None
    assert shelf.suggestion("ruộgn bậc", allowed=TEXTS) == "ruộng bậc"


def test_only_the_first_words_of_a_long_text_are_looked_at(shelf):
    assert shelf.suggestion("zz " * 200 + "kih tế", allowed=SEEN) is None
