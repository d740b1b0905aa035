import pytest

from search_index.analysis import exact_key
from search_index.telex import reading


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("nghij", "nghị"),
        ("quyeets", "quyết"),
        ("ddooir", "đổi"),
        ("thuw", "thư"),
        ("truowngf", "trường"),
        ("quye61t", "quyết"),
        ("d9o63i", "đổi"),
        ("to63", "tổ"),
        ("Nghij", "nghị"),
    ],
)
def test_keystrokes_are_read_as_the_syllable_they_spell(keys, meant):
    assert exact_key(reading(keys) or "") == exact_key(meant)


@pytest.mark.parametrize("word", ["hop", "nghị", "2024", "436", "sipas", "index", "", "h1"])
def test_other_words_are_left_as_they_are(word):
    assert reading(word) is None
