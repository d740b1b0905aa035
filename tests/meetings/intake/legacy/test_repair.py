import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from meetings.intake.legacy import Encoding, encoding_of, guess, of_font, repair
from meetings.intake.legacy.encodings import TCVN3, VNI
from meetings.intake.legacy.repair import FILLER

PAPER = (
    "Căn cứ Luật Tổ chức chính quyền địa phương; xét đề nghị của Giám đốc Sở Nội vụ, Ủy ban nhân "
    "dân tỉnh quyết định phê duyệt kế hoạch sử dụng nguồn vốn sự nghiệp, bổ sung biên chế; những "
    "quy định trước đây trái với quyết định này đều bãi bỏ. Nơi nhận: như điều ba, lưu văn thư."
)
SMALL = sorted({letter for letter in TCVN3.values() if letter.islower()})
ANY_CASE = sorted(set(VNI.values()))


def encoded(text, encoding):
    """Return a text as an old font keeps it, which is what a reader without the font sees."""
    if encoding is Encoding.VNI:
        keys = {letter: pair for pair, letter in VNI.items() if pair == pair.upper()}
        keys |= {letter: pair for pair, letter in VNI.items() if pair == pair.lower()}
    else:
        keys = {letter: byte for byte, letter in TCVN3.items() if byte < "\u0100"}
    return "".join(keys.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        (".vntime", Encoding.TCVN3),
        ("'.VnArial Narrow'", Encoding.TCVN3),
        ("ABCDEF+.VnTime", Encoding.TCVN3),
        ("ABCDEF+VnTime,Bold", Encoding.TCVN3),
        (".VnTimeH", Encoding.TCVN3_CAPITALS),
        ("ABCDEF+.VnTimeH,Bold", Encoding.TCVN3_CAPITALS),
        (".VnArialH", Encoding.TCVN3_CAPITALS),
        (".VnTimeH Bold", Encoding.TCVN3_CAPITALS),
        ("VNI-Times", Encoding.VNI),
        ("QWERTY+VNI-Helve-Condense", Encoding.VNI),
        ("vni times", Encoding.VNI),
        ("Times New Roman", None),
        ("ABCDEF+TimesNewRomanPSMT", None),
        ("Arial", None),
        ("Vni", None),
        ("", None),
    ],
)
def test_a_fonts_name_tells_its_encoding(font, encoding):
    assert of_font(font) is encoding


@pytest.mark.parametrize(
    ("old", "encoding", "new"),
    [
        (
            "Céng hoµ x· héi chñ nghÜa ViÖt Nam",
            Encoding.TCVN3,
            "Cộng hoà xã hội chủ nghĩa Việt Nam",
        ),
        ("§éc lËp - Tù do - H¹nh phóc", Encoding.TCVN3, "Độc lập - Tự do - Hạnh phúc"),
        ("céng hoµ", Encoding.TCVN3_CAPITALS, "CỘNG HOÀ"),
        ("V\uf069\uf0d6t \uf0b7 Nam", Encoding.TCVN3, "Việt \uf0b7 Nam"),
        ("nh\u2212 vËy", Encoding.TCVN3, "như vậy"),
        ("x\u2219 héi", Encoding.TCVN3, "xã hội"),
        (
            "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
            Encoding.VNI,
            "Cộng hòa xã hội chủ nghĩa Việt Nam",
        ),
        ("COÄNG HOØA XAÕ HOÄI", Encoding.VNI, "CỘNG HÒA XÃ HỘI"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", Encoding.VNI, "Độc lập - Tự do - Hạnh phúc"),
        ("ÑÖÔØNG HÖÔÙNG ÑIEÀU", Encoding.VNI, "ĐƯỜNG HƯỚNG ĐIỀU"),
        ("tröôùc", Encoding.VNI, "trước"),
        ("UÛy ban", Encoding.VNI, "Ủy ban"),
        ("nguyeân lyù, kyõ sö, kyø", Encoding.VNI, "nguyên lý, kỹ sư, kỳ"),
    ],
)
def test_a_run_is_made_unicode(old, encoding, new):
    assert repair(old, encoding) == new


@pytest.mark.parametrize("encoding", Encoding)
def test_a_run_that_is_unicode_under_an_old_fonts_name_stays(encoding):
    assert repair("Việt Nam báo cáo", encoding) == "Việt Nam báo cáo"


def test_bytes_that_became_letters_by_the_vietnamese_code_page_are_known_again():
    bytes_of_old_font = encoded(PAPER, Encoding.TCVN3).encode("latin-1", "ignore")
    by_code_page = bytes_of_old_font.decode("cp1258", "replace")
    assume_good = repair(by_code_page, Encoding.TCVN3)
    assert "Căn cứ Luật Tổ chức" in assume_good


def test_a_filler_keeps_the_place_of_every_second_character():
    old = "Vieät Nam"
    kept = repair(old, Encoding.VNI, keep_places=True)
    assert len(kept) == len(old)
    assert kept.replace(FILLER, "") == "Việt Nam"


@given(st.text(st.sampled_from([*SMALL, " ", "n", "g", "h"])))
def test_every_small_letter_returns_from_tcvn3(text):
    assert repair(encoded(text, Encoding.TCVN3), Encoding.TCVN3) == text


@given(st.lists(st.sampled_from(ANY_CASE)))
def test_every_letter_in_every_case_returns_from_vni(letters):
    text = " ".join(letters)
    assert repair(encoded(text, Encoding.VNI), Encoding.VNI) == text


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
@pytest.mark.parametrize("font", [None, "", "Times New Roman"])
def test_a_text_whose_font_is_lost_is_known_by_what_it_says(encoding, font):
    old = encoded(PAPER.replace("Ủy", "ủy"), encoding)
    assert encoding_of(old, font) is encoding
    assert repair(old, encoding) == PAPER.replace("Ủy", "ủy")


def test_a_fonts_name_goes_before_what_the_text_says():
    assert encoding_of("1999", ".VnTimeH") is Encoding.TCVN3_CAPITALS


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("change", [str, str.upper, str.title])
def test_good_vietnamese_is_never_guessed_to_be_old(form, change):
    assert guess(unicodedata.normalize(form, change(PAPER))) is None


@given(st.lists(st.sampled_from(PAPER.split()), min_size=1), st.sampled_from([" ", " « ", " § "]))
def test_good_words_in_any_order_and_among_odd_marks_are_never_guessed_to_be_old(words, between):
    assert guess(between.join(words)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.234 5.678",
        "Lorem ipsum dolor sit amet",
        "Über die Größe der Körper würden Bücher höflich erörtert",
        "Les élèves reçoivent un château à Noël, où la forêt dépérit",
        "§ 1 «trích» ± 5 %",
    ],
)
def test_other_texts_are_not_guessed_to_be_old(text):
    assert guess(text) is None


@given(st.text(st.characters(codec="latin-1")))
def test_no_text_breaks_the_repair(text):
    assume(text)
    for encoding in Encoding:
        kept = repair(text, encoding, keep_places=encoding is Encoding.VNI)
        assert len(kept) == len(text) or encoding is Encoding.TCVN3_CAPITALS
    guess(text)
