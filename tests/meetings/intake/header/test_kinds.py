import pytest

from meetings.intake.fold import fold, latin, words_of
from meetings.intake.header.kinds import kind_at, kinds_of_symbol, stands_alone


def test_the_longest_name_wins():
    assert kind_at("chuong trinh hanh dong") == ("Chương trình hành động", "")
    assert kind_at("nghi quyet lien tich so 1") == ("Nghị quyết liên tịch", "so 1")
    assert kind_at("thong baor") is None


@pytest.mark.parametrize(
    ("symbol", "kinds"),
    [
        ("-kl/tu", ["Kết luận"]),
        ("/ttr-snv", ["Tờ trình"]),
        ("/stp-hcbt", ["Công văn"]),
        ("-cv/đu", ["Công văn"]),
        ("-qđ/tw", ["Quyết định", "Quy định"]),
        ("/ubnd", []),
    ],
)
def test_a_symbol_admits_the_types_of_its_abbreviation(symbol, kinds):
    assert kinds_of_symbol(symbol) == kinds


def test_an_annex_stands_alone_with_its_number():
    assert stands_alone("")
    assert stands_alone("ii")
    assert not stands_alone("ve giá")


def test_folding_keeps_the_length_and_words_lose_their_marks():
    text = "QUYẾT ĐỊNH số 20-QÐ/TW, İ"
    assert len(fold(text)) == len(text)
    assert words_of(text).startswith("quyet dinh so 20-qd/tw")
    assert latin("ВТС") == "BTC"
