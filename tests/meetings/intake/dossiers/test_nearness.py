import random

import pytest

from meetings.intake.dossiers.nearness import bare, find, forgiven, grams, letters

PHRASE = bare("nghị quyết đề nghị kết nạp")


def found(phrase: str, text: str, most: int | None = None):
    return find(phrase, text, grams(text), most)


def distance(phrase: str, text: str) -> int:
    """Return the fewest slips with which a phrase ends anywhere in a text, the slow way."""
    row = [0] * (len(text) + 1)
    for count, letter in enumerate(phrase, 1):
        before, row = row, [count]
        for at, other in enumerate(text):
            row.append(min(before[at] + (letter != other), before[at + 1] + 1, row[at] + 1))
    return min(row)


def test_bare_letters_have_no_marks_no_case_and_nothing_between_them():
    assert bare("Mẫu 3-HSĐV") == "mau3hsdv"
    assert bare(" — ") == ""


def test_digits_are_taken_for_the_letters_they_look_like():
    assert letters("T0NG H0P") == letters("TONG HOP")
    assert letters("NĂM 2015") == letters("năm 2015")


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("NGHỊ QUYẾT ĐỀ NGHỊ KẾT NẠP", 0),
        ("NGHỊQUYẾT đề nghị kếtnạp đảng viên", 0),
        ("| NGHI QUYET dể nghị két nap", 0),
        ("NGH QUYẾT đề nghị kết nạp", 1),
        ("NCHỊ QUVẾT đề nghị kết nạp", 2),
    ],
)
def test_a_phrase_is_found_in_spite_of_slips(text, slips):
    hit = found(PHRASE, bare(text))
    assert hit is not None
    assert hit.slips == slips


@pytest.mark.parametrize(
    "text", ["", "quyết định", "nghị quyết công nhận chính thức", "kết nạp đề nghị nghị quyết"]
)
def test_what_differs_by_more_is_another_phrase(text):
    assert found(PHRASE, bare(text)) is None


def test_short_phrases_forgive_nothing():
    assert forgiven(bare("tặng")) == 0
    assert found(bare("tặng"), bare("truy tăng huy hiệu")) is not None
    assert found(bare("tặng"), bare("tang")[:-1]) is None


def test_a_hit_ends_where_the_phrase_does():
    text = bare("xx quyết định yy")
    hit = found(bare("quyết định"), text)
    assert text[: hit.end].endswith("quyetdinh")


def test_columns_of_bits_count_slips_as_the_slow_way_does():
    chance = random.Random(5)
    seen = set()
    for _ in range(400):
        phrase = "".join(chance.choices("abc", k=chance.randint(3, 9)))
        text = "".join(chance.choices("abc", k=chance.randint(0, 14)))
        most = chance.randint(1, 3)
        hit = find(phrase, text, grams(text) | grams(phrase), most)
        slips = distance(phrase, text)
        seen.add(slips)
        assert (hit.slips if hit else None) == (slips if slips <= most else None), (phrase, text)
    assert seen >= {0, 1, 2, 3}


def test_a_phrase_longer_than_a_machine_word_is_found():
    phrase = bare("tổng hợp ý kiến nhận xét của tổ chức chính trị xã hội đối với người vào Đảng")
    text = "zz" + phrase.replace("xahoi", "xhoi") + "zz"
    assert found(phrase, text).slips == 1
