"""However a page is set, its paragraphs hold its words, all of them and in their order."""

from hypothesis import given
from hypothesis import strategies as st

from meetings.reader.comments.queries import LONGEST_QUOTE, NUMBER, paragraphs_of

words = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy.,:;-", min_size=1, max_size=9)
lines = st.lists(words, max_size=12).map(" ".join)
pages = st.lists(lines, max_size=25).map("\n".join)


@given(pages)
def test_no_word_is_lost_or_moved(text: str):
    told = " ".join(paragraphs_of(text)).split()
    every = text.split()
    if not any("…" in one for one in told):
        assert told == every


@given(pages)
def test_no_paragraph_is_empty_or_has_a_break_in_it(text: str):
    for paragraph in paragraphs_of(text):
        assert paragraph == " ".join(paragraph.split())
        assert paragraph


@given(pages)
def test_a_paragraph_is_never_longer_than_a_quotation(text: str):
    assert all(len(one) <= LONGEST_QUOTE + 2 for one in paragraphs_of(text))


@given(pages, st.integers(1, 99))
def test_the_number_of_the_page_is_no_paragraph(text: str, number: int):
    assert NUMBER.fullmatch(str(number))
    assert paragraphs_of(f"{text}\n{number}") == paragraphs_of(text)


@given(pages, st.integers(0, 3))
def test_empty_lines_below_change_nothing(text: str, count: int):
    assert paragraphs_of(text + "\n" * count) == paragraphs_of(text)
