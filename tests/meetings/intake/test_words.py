import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ImageOps

from meetings.intake.pictures import draw
from meetings.intake.words import read_text


def show(*lines, size=20):
    shown = (f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET" for x, y, text in lines)
    return "\n".join(shown).encode("latin-1")


@pytest.fixture
def read(make_pdf):
    """Return a reader of the only page of a paper made of one content stream."""

    def read(content, **page):
        with pypdfium2.PdfDocument(make_pdf(content, **page)) as pdf:
            return read_text(pdf[0])

    return read


def test_text_is_read_line_by_line_with_its_words_in_the_same_order(read):
    text, words = read(show((72, 700, "Nghi quyet  so 5"), (72, 660, "Ban Thuong vu")))
    assert text == "Nghi quyet so 5\nBan Thuong vu"
    assert [word.text for word in words] == text.split()


def test_a_page_without_text_has_no_words(read):
    assert read(b"0 0 100 100 re f") == ("", ())


def test_decomposed_letters_are_composed(read):
    text, words = read(show((72, 700, "vi{t nam")))
    assert text == "việt nam"
    assert words[0].text == "việt"


def test_a_soft_hyphen_is_removed(read):
    text, words = read(show((72, 700, "tha|nh pho")))
    assert text == "thanh pho"
    assert "".join(word.text for word in words) == "thanhpho"


def test_half_a_character_does_not_stop_the_reading(read):
    text, _ = read(show((72, 700, "so }5 xong")))
    assert text.encode("utf-8").decode().endswith("5 xong")


@pytest.mark.parametrize(
    ("first", "second", "text", "words"),
    [
        ("quyet dinh cua thanh-", "pho nay", "thanhpho", ["thanh", "pho"]),
        ("theo so 126/2024/ND-", "CP thi", "126/2024/ND-CP", ["126/2024/ND-", "CP"]),
        ("nhiem ky nam 2020-", "2025 thi", "2020-\n2025", ["2020-", "2025"]),
    ],
)
def test_a_hyphen_at_a_line_end_stays_where_it_belongs_to_the_text(
    read, first, second, text, words
):
    found, boxes = read(show((72, 700, first), (72, 670, second)))
    assert text in found
    assert [word.text for word in boxes[-3:-1]] == words
    assert boxes[-3].x > boxes[-2].x
    assert boxes[-3].y < boxes[-2].y


def test_a_word_stands_where_the_page_shows_it(read):
    _, (first, second) = read(show((100, 400, "trai phai")), size=(500, 500))
    assert first.x == pytest.approx(0.2, abs=0.01)
    assert first.y < 0.2 < first.y + first.h
    assert first.h == pytest.approx(0.04, abs=0.02)
    assert second.x > first.x + first.w
    assert second.y == pytest.approx(first.y, abs=0.001)


def test_words_of_one_line_have_one_height(read):
    _, words = read(show((72, 700, "a Ag .x")))
    assert len({(word.y, word.h) for word in words}) == 1


@pytest.mark.parametrize(
    ("rotate", "x", "y"), [(0, 0.1, 0.1), (90, 0.9, 0.1), (180, 0.9, 0.9), (270, 0.1, 0.9)]
)
def test_a_turned_page_turns_its_words_with_it(read, rotate, x, y):
    _, (word,) = read(show((90, 890, "o")), size=(1000, 1000), rotate=rotate)
    assert word.x + word.w / 2 == pytest.approx(x, abs=0.02)
    assert word.y + word.h / 2 == pytest.approx(y, abs=0.02)


def test_words_outside_the_visible_part_of_a_page_have_no_box(read):
    content = show((300, 300, "trong"), (50, 700, "ngoai"))
    text, (word,) = read(content, size=(800, 800), crop=[200, 200, 600, 600])
    assert word.text == "trong"
    assert word.x == pytest.approx(0.25, abs=0.01)
    assert 0.7 < word.y < 0.75
    assert "ngoai" in text


def test_every_box_lies_within_the_page(read):
    _, words = read(show((570, 700, "mep giay nay"), (-20, 830, "goc")))
    assert words
    for word in words:
        assert min(word[1:]) >= 0
        assert word.x + word.w <= 1.0001
        assert word.y + word.h <= 1.0001


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rotate=st.sampled_from([0, 90, 180, 270]),
    corner=st.tuples(st.integers(0, 250), st.integers(0, 350)),
    place=st.tuples(st.integers(260, 400), st.integers(360, 600)),
)
def test_the_ink_of_a_word_lies_in_its_box_however_the_page_is_cut_and_turned(
    make_pdf, rotate, corner, place
):
    crop = [*corner, 595, 842]
    path = make_pdf(show((*place, "HOP"), size=30), rotate=rotate, crop=crop)
    with pypdfium2.PdfDocument(path) as pdf:
        _, (word,) = read_text(pdf[0])
        picture = draw(pdf[0], 400)
    ink = ImageOps.invert(picture.convert("L")).getbbox()
    found = [side / whole for side, whole in zip(ink, picture.size * 2, strict=True)]
    slack = 0.01
    assert word.x - slack <= found[0] < found[2] <= word.x + word.w + slack
    assert word.y - slack <= found[1] < found[3] <= word.y + word.h + slack
    assert word.w * word.h < 4 * (found[2] - found[0]) * (found[3] - found[1])


def test_what_says_nothing_is_taken_out_of_words_without_moving_the_others(read):
    text, words = read(show((72, 700, "mot | hai|ba bon"), (72, 660, "vi{t nam")))
    assert text == "mot haiba bon\nviệt nam"
    assert [word.text for word in words] == text.split()
    first = [word.x for word in words if word.y == words[0].y]
    assert first == sorted(first)
    assert all(word.w > 0 for word in words)
