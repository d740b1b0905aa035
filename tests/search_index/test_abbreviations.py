import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.abbreviations import ABBREVIATIONS, Abbreviations
from search_index.analysis import fold
from search_index.query import And, Not, Or, Phrase, Symbol, Word, adjacent, wanted, words_of

TABLE = Abbreviations(
    {"UBND": "ủy ban nhân dân", "UB": "ủy ban", "KT-XH": "kinh tế xã hội", "BÍ": "mật"}
)
PEOPLE = Phrase(words_of("ủy ban nhân dân"))


def expanded(*texts):
    return list(TABLE.expand([Word.of(text) for text in texts]))


def test_an_abbreviation_is_a_choice_of_itself_and_its_words():
    assert expanded("UBND") == [Or((Word.of("UBND"), PEOPLE))]


def test_a_table_that_was_changed_is_read_as_it_is_now():
    """The words of a table are kept, and so must not be those of another one."""
    for full in ("ủy ban", "ủy ban nhân dân", "ủy ban"):
        table = Abbreviations({"UB": full})
        assert list(table.expand([Word.of("UB")])) == [Or((Word.of("UB"), Phrase(words_of(full))))]
    assert list(Abbreviations({}).expand([Word.of("UB")])) == [Word.of("UB")]


@pytest.mark.parametrize("typed", ["ubnd", "Ubnd", "UBND"])
def test_the_size_of_its_letters_is_no_matter(typed):
    assert expanded(typed) == [Or((Word.of(typed), PEOPLE))]


def test_words_are_a_choice_of_themselves_and_their_abbreviation():
    words = words_of("uy ban nhan dan")
    assert list(TABLE.expand(words)) == [Or((And(words), Word.of("ubnd")))]


def test_the_longest_form_is_taken_first():
    (choice,) = expanded("ủy", "ban", "nhân", "dân")
    assert Word.of("UB") not in set(wanted(choice))
    (short, other) = expanded("ủy", "ban", "khác")
    assert Word.of("ub") in set(wanted(short))
    assert other == Word.of("khác")


def test_an_abbreviation_of_two_words_is_known_as_their_run():
    (choice,) = expanded("KT", "XH")
    assert choice == Or((And(words_of("KT XH")), Phrase(words_of("kinh tế xã hội"))))
    (back,) = expanded("kinh", "tế", "xã", "hội")
    assert Phrase(words_of("kt xh")) in set(wanted(back))


def test_one_word_may_stand_for_one_word():
    assert expanded("bí") == [Or((Word.of("bí"), Word.of("mật")))]


def test_forms_are_found_between_other_words_and_their_order_stays():
    first, choice, last = expanded("của", "UBND", "tỉnh")
    assert (first, last) == (Word.of("của"), Word.of("tỉnh"))
    assert PEOPLE in set(wanted(choice))


def test_what_is_no_word_is_in_no_form():
    parts = [Word.of("ủy"), Symbol("3"), Word.of("ban"), Not(Word.of("ủy"))]
    assert list(TABLE.expand(parts)) == parts


def test_rows_without_words_on_both_sides_are_left_out():
    table = Abbreviations({"": "trống", "ABC": " - ", "XYZ": "có nghĩa"})
    assert list(table.expand([Word.of("abc")])) == [Word.of("abc")]
    assert list(table.expand([Word.of("trống")])) == [Word.of("trống")]
    assert list(table.expand([Word.of("xyz")])) != [Word.of("xyz")]


def test_an_empty_table_changes_nothing():
    parts = [Word.of("UBND"), Word.of("tỉnh")]
    assert list(Abbreviations({}).expand(parts)) == parts
    assert list(Abbreviations({}).expand([])) == []


@given(st.lists(st.sampled_from(["ủy", "ban", "nhân", "dân", "tỉnh", "UBND", "UB", "kinh", "tế"])))
def test_no_word_is_lost_or_made_twice(texts):
    kept = [leaf for part in expanded(*texts) for leaf in own_words(part)]
    assert kept == [Word.of(text) for text in texts]


def own_words(part):
    return wanted(part.parts[0]) if isinstance(part, Or) else [part]


@pytest.mark.parametrize("short", ABBREVIATIONS)
def test_each_row_of_the_house_table_begins_like_its_words(short):
    initials = "".join(word.fold[0] for word in words_of(ABBREVIATIONS[short]))
    assert initials == fold(short).replace("-", "")


def test_the_house_table_stays_within_what_a_query_looks_ahead():
    assert max(len(words_of(full)) for full in ABBREVIATIONS.values()) <= 6
    assert isinstance(adjacent(words_of(ABBREVIATIONS["UBND"])), Phrase)
