import pytest

from meetings.intake.header.organs import is_organ, spell, split_superior, territory_of, written_out


@pytest.mark.parametrize(
    ("lines", "superior", "issuer"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH HÒA MỸ"], "", "UBND tỉnh Hòa Mỹ"),
        (["UBND TỈNH HÒA MỸ", "SỞ TƯ PHÁP"], "UBND tỉnh Hòa Mỹ", "Sở Tư pháp tỉnh Hòa Mỹ"),
        (["ỦY BAN THƯỜNG VỤ", "QUỐC HỘI"], "", "Ủy ban Thường vụ Quốc hội"),
        (["TỈNH ỦY SƠN LA", "VĂN PHÒNG"], "Tỉnh ủy Sơn La", "Văn phòng Tỉnh ủy Sơn La"),
        (
            ["BAN CHẤP HÀNH TRUNG ƯƠNG", "VĂN PHÒNG"],
            "Ban Chấp hành Trung ương",
            "Văn phòng Trung ương Đảng",
        ),
        (
            ["BAN CHẤP HÀNH TRUNG ƯƠNG", "BAN TỔ CHỨC"],
            "Ban Chấp hành Trung ương",
            "Ban Tổ chức Trung ương",
        ),
        (["TỈNH ỦY SƠN LA", "VĂN PHÒNG TỈNH ỦY"], "Tỉnh ủy Sơn La", "Văn phòng Tỉnh ủy"),
        (["BỘ TÀI CHÍNH"], "", "Bộ Tài chính"),
    ],
)
def test_an_issuer_is_written_out_with_what_its_superior_adds(lines, superior, issuer):
    above, below = split_superior(lines)
    assert spell(" ".join(above), "") == superior
    assert written_out(below, above, "") == issuer


def test_capitals_are_spelt_as_the_body_spells_them():
    body = "Theo Bộ trưởng Bộ Giáo dục và Đào tạo, Bộ Giáo dục\nvà Đào tạo quy định"
    assert spell("BỘ GIÁO DỤC VÀ ĐÀO TẠO", body) == "Bộ Giáo dục và Đào tạo"
    assert spell("THỦ TƯỚNG CHÍNHPHỦ", "Thủ tướng Chính phủ") == "Thủ tướng Chính phủ"
    assert spell("", body) == ""


def test_organs_and_territories_are_told_by_their_first_words():
    assert is_organ("ĐẢNG ỦY XÃ MƯỜNG MẪU")
    assert not is_organ("TỈNH HÒA MỸ")
    assert territory_of("UBND tỉnh Hòa Mỹ") == "hoa my"
    assert territory_of("Chính phủ") is None
