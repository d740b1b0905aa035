import pytest

from meetings.intake.header.names import completed, has_surname, is_name, mended, name_in


@pytest.mark.parametrize("text", ["Nguyễn Hồng Hải", "Lê Quân", "Nguyễn Văn A", "Y Thanh Hà Niê"])
def test_a_name_is_a_few_capitalised_words(text):
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    ["PHÓ GIÁM ĐỐC", "Phó giám đốc", "Nơi Nhận", "Nguyễn", "Š U", "Số 12 Lê Lợi", "", "(Đã ký)"],
)
def test_titles_labels_and_single_words_are_no_names(text):
    assert not is_name(text)


def test_a_surname_under_a_seal_is_mended():
    assert mended("Nguyễa Văn Phúc") == "Nguyễn Văn Phúc"
    assert mended("guyễn Phước Bình") == "Nguyễn Phước Bình"
    assert mended("Zê Quân") == "Zê Quân"
    assert mended("Hồng Hà") == "Hồng Hà"
    assert name_in("“guyễn Phước Bình.", scanned=True) == "Nguyễn Phước Bình"
    assert name_in("guyễn Phước Bình", scanned=False) is None
    assert name_in("...", scanned=True) is None


@pytest.mark.parametrize(
    "text",
    ["Thượng tướng Võ Minh Lương", "PGS.TS. Võ Minh Lương", "GS TS Võ Minh Lương", "Võ Minh Lương"],
)
def test_ranks_and_degrees_are_no_part_of_a_name(text):
    assert name_in(text, scanned=False) == "Võ Minh Lương"


def test_usual_surnames_are_known_without_their_marks():
    assert has_surname("Đỗ Văn Chung")
    assert not has_surname("Zê Quân")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("- Thủ tướng, PTTg Hồ Đức Phớc;", "Hồ Đức Phớc"),
        ("Nguyễn Thị Đức Phớc, Nguyễn Thị Đức Phớc", "Nguyễn Thị Đức Phớc"),
        ("Hồ Đức Phớc và Lê Đức Phớc", None),
        ("ông Đức Phớc", None),
        ("tỉnh Đức Phớc", None),
    ],
)
def test_the_rest_of_a_name_is_found_elsewhere_in_the_document(text, whole):
    assert completed("Đức Phớc", text) == whole
