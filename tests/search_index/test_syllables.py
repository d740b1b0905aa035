import pytest

from search_index.analysis import exact_key, fold, fold_key
from search_index.syllables import is_syllable, near, written


@pytest.mark.parametrize("word", ["nghi", "quyet", "o", "uong", "khoai", "nguyen", "gia"])
def test_a_syllable_has_an_initial_and_a_rime(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["", "nghij", "sipas", "xyz", "baan", "index", "436"])
def test_other_runs_of_letters_are_no_syllable(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("gaiy", "giay"), ("ngi", "nghi"), ("hopp", "hop"), ("rumg", "rung"), ("hpo", "hop")],
)
def test_one_mistake_away_is_near(typed, meant):
    assert meant in set(near(typed))


def test_what_is_near_is_another_syllable_and_comes_once():
    found = list(near("hop"))
    assert len(found) == len(set(found))
    assert "hop" not in found
    assert all(map(is_syllable, found))
    assert list(near("a" * 40)) == []


@pytest.mark.parametrize(
    "word",
    [
        *("nghị", "quyết", "hòa", "hoàn", "khoái", "thủy", "mía", "của", "đường", "nguyễn", "giá"),
        *("giấy", "quý", "quốc", "ngoại", "tiêu", "uống", "ý", "ơi", "ủy", "khuỷu", "tuần", "bảy"),
    ],
)
def test_accents_are_written_where_people_write_them(word):
    assert word in set(written(fold(word)))


@pytest.mark.parametrize("folded", ["hoa", "quyet", "duong", "x"])
def test_every_way_to_write_a_syllable_is_that_syllable(folded):
    ways = list(written(folded))
    assert ways[0] == folded
    assert {fold_key(way) for way in ways} == {folded}
    assert len({exact_key(way) for way in ways}) == len(set(ways))
