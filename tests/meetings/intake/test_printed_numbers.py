"""From what is printed on a page to the page and back, for papers numbered in any way."""

import io
import unicodedata

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from meetings.intake import Contents
from meetings.intake.bookmarks import LONGEST_LABEL, read_contents
from meetings.intake.contents import DIGITS, number_in

PAGES = 8
STYLES = ("D", "R", "r", "A", "a", None)
ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))

ranges = st.lists(
    st.tuples(
        st.sampled_from(STYLES),
        st.sampled_from(("", "A-", "Phụ lục ", "PL.", "Bìa số 1 của tập ")),
        st.integers(1, 60),
    ),
    min_size=PAGES,
    max_size=PAGES,
)
places = st.sets(st.integers(1, PAGES - 1)).map(lambda starts: [0, *sorted(starts)])


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("printed") / "paper.pdf"


def roman(number: int) -> str:
    said = ""
    for value, sign in ROMAN:
        said, number = said + sign * (number // value), number % value
    return said


def numeral(style: str | None, number: int) -> str:
    letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    written = {"D": str(number), "r": roman(number), "a": letters, None: ""}
    return written.get(style) or written.get((style or "").lower(), "").upper()


def written(file, starts, kinds) -> list[str]:
    """Save a paper with these ranges of labels; return what is printed on its pages."""
    numbers, printed = Array(), []
    for start, end, (style, prefix, first) in zip(
        starts, [*starts[1:], PAGES], kinds, strict=False
    ):
        kind = Dictionary(P=prefix, St=first)
        if style:
            kind.S = Name(f"/{style}")
        numbers.extend([start, kind])
        labels = (prefix + numeral(style, first + at) for at in range(end - start))
        printed += [" ".join(label.split()) for label in labels]
    saved = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(PAGES):
            pdf.add_blank_page()
        pdf.Root.PageLabels = Dictionary(Nums=numbers)
        pdf.save(saved)
    file.write_bytes(saved.getvalue())
    return printed


@settings(max_examples=40)
@given(starts=places, kinds=ranges)
def test_from_label_to_page_to_label_one_comes_back(file, starts, kinds):
    printed = written(file, starts, kinds)
    labels = read_contents(file)["labels"]
    known = [label if len(label) <= LONGEST_LABEL else "" for label in printed]
    own = any(label not in {"", str(at)} for at, label in enumerate(known, 1))
    assert labels == (known if own else [])
    contents = Contents(labels=tuple(labels))
    for at, label in enumerate(labels, 1):
        if label:
            number = contents.number_of(label)
            assert number is not None
            assert labels[number - 1] == label
            assert number <= at
            assert number == at or labels.count(label) > 1


@given(st.lists(st.text(max_size=LONGEST_LABEL), max_size=9), st.text(max_size=20))
def test_whatever_is_typed_is_a_page_or_none_and_never_an_error(labels, typed):
    found = Contents(labels=tuple(labels)).number_of(typed)
    assert found is None or isinstance(found, int)


def test_a_small_number_and_a_great_one_are_two_pages():
    contents = Contents(labels=("i", "ii", "1", "2", "I", "II"))
    typed = ("i", "I", "II", "ii", "Ii")
    assert [contents.number_of(one) for one in typed] == [1, 5, 6, 2, 2]


def test_a_label_is_found_however_its_letters_were_typed():
    contents = Contents(labels=("Bìa", "Phụ lục 1", "3"))
    decomposed = unicodedata.normalize("NFD", "Phụ lục 1")
    assert decomposed != "Phụ lục 1"
    for typed in ("Phụ lục 1", decomposed, "PHỤ LỤC 1", decomposed.lower()):
        assert contents.number_of(typed) == 2


def test_a_page_without_a_label_of_its_own_is_found_by_its_place():
    contents = Contents(labels=("", "i", "", "1"))
    assert [contents.number_of(one) for one in ("3", "1", "i", "2")] == [3, 4, 2, 2]


@pytest.mark.parametrize(
    "typed", ["", "x", "1.5", "²", "--3", "1e3", "9" * (DIGITS + 1), "9" * 5000]
)
def test_what_is_no_number_of_a_page_is_none(typed):
    assert number_in(typed) is None
    assert Contents(labels=("i",)).number_of(typed) is None


def test_numbers_are_numbers_with_and_without_a_sign():
    assert [number_in(one) for one in ("7", "-3", "007", "0")] == [7, -3, 7, 0]
