import pytest

from search_index.background import PAGES, TABLE, background


def test_common_words_are_common_and_unknown_ones_are_rare():
    assert background("words", "cua") > PAGES / 2
    assert 0 < background("words", "khongcochunay") < PAGES / 1000
    assert background("words", "cua") > background("words", "thuy") > background("words", "xyz")


def test_pairs_and_accents_have_numbers_of_their_own():
    assert background("pairs", "hanh_chinh") < background("words", "hanh")
    assert background("exact", "của") <= background("words", "cua")


@pytest.mark.parametrize(
    ("field", "like"),
    [("title", "words"), ("body", "words"), ("bpair", "pairs"), ("tpair", "pairs")],
)
def test_titles_and_bodies_share_their_numbers(field, like):
    assert background(field, "hanh_chinh") == background(like, "hanh_chinh")
    assert background(field, "nha") == background(like, "nha")


def test_a_field_of_keys_counts_every_key_as_rare():
    assert background("symbol", "436kltu") == background("nowhere", "cua") > 0


def test_the_table_is_small_and_holds_no_sentence():
    lines = TABLE.read_text("utf-8").splitlines()
    assert TABLE.stat().st_size < 200_000
    assert lines[0] == f"pages\t{PAGES}"
    assert all(" " not in line for line in lines)
    assert all(0 < int(line.split("\t")[1]) <= PAGES for line in lines if "\t" in line)
