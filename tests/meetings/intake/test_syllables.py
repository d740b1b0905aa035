import pytest

from meetings.intake.syllables import is_syllable, words_of


@pytest.mark.parametrize(
    "word",
    [
        *("nghị", "quyết", "nghiêng", "khuỷu", "giêng", "gì", "quốc", "thuở", "hoẵng", "ưỡn"),
        *("yểm", "UỶ", "ỦY", "Đảng", "xoong", "ê", "ở"),
    ],
)
def test_an_initial_a_rime_and_a_tone_make_a_syllable(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["street", "wifi", "bk", "qđ", "ngghi", "thương̣x", "uyb", "pdf", "tröôûng"]
)
def test_what_is_built_otherwise_is_none(word):
    assert not is_syllable(word)


def test_decomposed_letters_are_the_same_syllable():
    assert is_syllable("vie\u0323\u0302t")


def test_words_are_runs_of_letters():
    assert words_of("Số 12-NQ/TU, ngày_5") == ["Số", "NQ", "TU", "ngày"]
