import pytest

from meetings.intake.signature_debris import is_debris, without_debris


@pytest.mark.parametrize(
    "line",
    [
        "Người ký: Sở Nội vụ",
        "  Ký bởi : Uỷ ban nhân dân tỉnh",
        "Email: snv@tinh.gov.vn",
        "Cơ quan: Tỉnh Quảng Ngãi",
        "Thời gian ký: 25.02.2025 08:12:01 +07:00",
        "06.11.2024 09:27:05 +07:00",
        "Digitally signed by: VGCA",
    ],
)
def test_the_lines_of_a_signatures_picture_are_known(line):
    assert is_debris(line)


@pytest.mark.parametrize(
    "line", ["Nơi nhận:", "Cơ quan chủ trì là Sở Nội vụ", "ngày 25 tháng 02 năm 2025", ""]
)
def test_the_lines_of_a_paper_are_left(line):
    assert not is_debris(line)


def test_the_body_stays_in_its_order():
    assert without_debris("Người ký: A\nTỜ TRÌNH\nEmail: a@b\nKính gửi") == "TỜ TRÌNH\nKính gửi"
