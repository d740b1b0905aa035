"""Pages made of typed text: a column is a hundredth of the width, a row a fiftieth."""

import re

import pytest

from meetings.intake.page_text import PageText, Source
from meetings.intake.prepared import Word

ROW = 0.018


def words_at(text):
    for row, line in enumerate(text.splitlines()):
        for match in re.finditer(r"\S+", line):
            yield Word(match[0], match.start() / 100, 0.04 + row * ROW, len(match[0]) / 100, 0.013)


@pytest.fixture
def page():
    """Return a maker of pages, with the places of their words or without."""

    def page(text, *, number=1, placed=True, source=Source.LAYER, quality=0.95):
        text = text.strip("\n")
        words = tuple(words_at(text)) if placed else ()
        return PageText(number=number, text=text, words=words, source=source, quality=quality)

    return page


PARTY = """
TỈNH ỦY SƠN LA                              ĐẢNG CỘNG SẢN VIỆT NAM
*
Số: 436-KL/TU                               Sơn La, ngày 28 tháng 01 năm 2022

                        KẾT LUẬN
   của Ban Thường vụ Tỉnh ủy về cải cách hành chính trong Đảng
                        -----
Nơi nhận:                                    T/M BAN THƯỜNG VỤ
- Như Điều 3;                                PHÓ BÍ THƯ
- Lưu Văn phòng Tỉnh ủy.                     Nguyễn Văn A
"""

LETTER = """
ĐẢNG BỘ TỈNH SƠN LA                         ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY XÃ MƯỜNG MẪU
*
Số 07-CV/ĐU                                 Mường Mẫu, ngày 03 tháng 6 năm 2026
về việc gửi tài liệu hội nghị
      Kính gửi: - Các chi bộ, đảng bộ trực thuộc,
                - Văn phòng Đảng ủy.
      Thực hiện chương trình công tác, Đảng ủy gửi tài liệu.
"""

STATE = """
UBND TỈNH HÒA MỸ                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ                                Độc lập - Tự do - Hạnh phúc
Số: 514/TTr-SNV                        Hòa Mỹ, ngày 24 tháng 02 năm 2025
HỎA TỐC
                                     TỜ TRÌNH
              Về việc thông báo kết quả theo Công văn số 2769/UBND-NC
                              ngày 24/7/2024 của UBND tỉnh
                    Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh
     Sở Nội vụ nhận được Công văn số 03/LĐ ngày 07/01/2025 của Liên đoàn.
Nơi nhận:                                        KT. GIÁM ĐỐC
- Như trên;                                      PHÓ GIÁM ĐỐC
- Lưu: VT.


                                                Đỗ Thị Bình
"""


@pytest.fixture
def papers():
    return {"party": PARTY, "letter": LETTER, "state": STATE}
