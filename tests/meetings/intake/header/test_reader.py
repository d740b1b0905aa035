import importlib.util
import json
from pathlib import Path

import pypdfium2
import pytest

from meetings.intake.header import read_header
from meetings.intake.page_text import PageText, Source
from meetings.intake.words import read_text

REAL = Path(__file__).resolve().parents[4].parent / "shared" / "data"

EXPECTED = {
    "party": {
        "number": "436-KL/TU",
        "type": "Kết luận",
        "issuing_body": "Ban Thường vụ Tỉnh ủy Sơn La",
        "superior": None,
        "date": "2022-01-28",
        "place": "Sơn La",
        "subject": "của Ban Thường vụ Tỉnh ủy về cải cách hành chính trong Đảng",
        "addressee": None,
        "recipients": "- Như Điều 3;\n- Lưu Văn phòng Tỉnh ủy.",
        "signer": "Nguyễn Văn A",
        "signer_title": "T/M BAN THƯỜNG VỤ, PHÓ BÍ THƯ",
        "urgency": None,
        "secrecy": None,
        "circulation": None,
        "regime": "party_2018",
    },
    "letter": {
        "number": "07-CV/ĐU",
        "type": "Công văn",
        "issuing_body": "Đảng ủy xã Mường Mẫu",
        "superior": "Đảng bộ tỉnh Sơn La",
        "date": "2026-06-03",
        "place": "Mường Mẫu",
        "subject": "gửi tài liệu hội nghị",
        "addressee": "- Các chi bộ, đảng bộ trực thuộc,\n- Văn phòng Đảng ủy.",
        "recipients": None,
        "signer": None,
        "signer_title": None,
        "urgency": None,
        "secrecy": None,
        "circulation": None,
        "regime": "party_2026",
    },
    "state": {
        "number": "514/TTr-SNV",
        "type": "Tờ trình",
        "issuing_body": "Sở Nội vụ tỉnh Hòa Mỹ",
        "superior": "UBND tỉnh Hòa Mỹ",
        "date": "2025-02-24",
        "place": "Hòa Mỹ",
        "subject": "thông báo kết quả theo Công văn số 2769/UBND-NC ngày 24/7/2024 của UBND tỉnh",
        "addressee": "Chủ tịch Ủy ban nhân dân tỉnh",
        "recipients": "- Như trên;\n- Lưu: VT.",
        "signer": "Đỗ Thị Bình",
        "signer_title": "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC",
        "urgency": "Hỏa tốc",
        "secrecy": None,
        "circulation": None,
        "regime": "state_2020",
    },
}


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("placed", [True, False])
def test_a_document_is_read_by_the_places_of_its_words_or_by_its_lines(page, papers, name, placed):
    assert read_header([page(papers[name], placed=placed)]).to_json()["metadata"] == EXPECTED[name]


def test_a_field_knows_its_place_and_an_absent_one_has_none(page, papers):
    read = read_header([page(papers["letter"])]).to_json()
    assert read["boxes"]["number"]["page"] == 1
    x, _, w, _ = read["boxes"]["number"]["box"]
    assert (x, w) == (0.0, pytest.approx(0.11))
    assert "signer" not in read["boxes"]
    assert read["confidence"]["signer"] == 0


def test_a_scan_is_never_trusted_on_one_reading_alone(page, papers):
    scanned = page(papers["state"], source=Source.OCR)
    sure = {
        name
        for name, trust in read_header([scanned]).to_json()["confidence"].items()
        if trust > 0.9
    }
    assert sure <= {"type", "regime"}
    apart = page(papers["state"].replace("514/", "514 /"), source=Source.OCR)
    assert read_header([apart]).number.confidence < 0.6


def test_blanks_of_a_draft_stay_blank_and_its_signer_is_not_sure(page, papers):
    draft = papers["state"].replace("514/", "    /").replace("ngày 24", "ngày   ", 1)
    read = read_header([page(draft)])
    assert (read.number.value, read.date.value, read.place.value) == (None, None, "Hòa Mỹ")
    assert read.type.value == "Tờ trình"
    assert read.signer.confidence < 0.9


def test_what_cannot_be_read_still_has_its_spot_for_a_person_to_look_at(page, papers):
    scan = papers["state"].replace("514/TTr-SNV", "#4~").replace("ngày 24", "ngày @ß", 1)
    boxes = read_header([page(scan, source=Source.OCR)]).to_json()["boxes"]
    assert boxes["number"]["page"] == boxes["date"]["page"] == 1


def test_a_number_and_a_day_inside_the_title_are_read(page):
    old = """
Chính phủ

Nghị định của Chính phủ số 114/2003/NĐ-CP
ngày 10/10/2003 về cán bộ, công chức xã.

Căn cứ Luật Tổ chức Chính phủ;
"""
    read = read_header([page(old, placed=False)]).to_json()["metadata"]
    assert (read["number"], read["date"]) == ("114/2003/NĐ-CP", "2003-10-10")
    assert (read["type"], read["issuing_body"]) == ("Nghị định", "Chính phủ")
    assert read["subject"] == "về cán bộ, công chức xã."


BROKEN = """
BỘ TÀI CHÍNH                        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 120/2002/TT-BTC                 Độc lập - Tự do - Hạnh phúc
                                    Hà Nội, ngày 30 {}
{}
Thông tư
Hướng dẫn việc in và quản lý hóa đơn
Căn cứ Nghị định của Chính phủ, Bộ Tài chính hướng dẫn các đơn vị thực hiện như sau trong năm
"""


@pytest.mark.parametrize(("first", "second"), [("tháng 12 năm", "2002"), ("", "tháng 12 năm 2002")])
def test_a_date_that_is_broken_over_two_lines_is_read(page, first, second):
    header = read_header([page(BROKEN.format(first, second))])
    assert (header.date.value, header.place.value) == ("2002-12-30", "Hà Nội")


def test_a_date_whose_next_line_does_not_go_on_has_no_day(page):
    header = read_header([page(BROKEN.format("tháng 12 năm", "V/v hóa đơn"))])
    assert header.date.value is None


def test_a_subject_that_is_flush_with_its_title_is_no_stamp_beside_it(page):
    header = read_header([page(BROKEN.format("tháng 12 năm 2002", ""))])
    assert header.subject.value == "Hướng dẫn việc in và quản lý hóa đơn"


def test_a_spoilt_name_in_a_scan_is_completed_by_the_document(page, papers):
    text = papers["party"].replace("Nguyễn Văn A", "Đức Phớc")
    told = page("- Phó Thủ tướng Hồ Đức Phớc;", number=2, source=Source.OCR)
    signer = read_header([page(text, source=Source.OCR), told]).signer
    assert (signer.value, signer.confidence) == ("Hồ Đức Phớc", 0.76)


def test_a_day_of_the_title_that_does_not_exist_is_no_date(page):
    text = "Thông tư\ncủa Bộ Y tế số 13/2001/TT-BYT ngày 31 tháng 2 năm 2001 hướng dẫn khám bệnh"
    read = read_header([page(text, placed=False)])
    assert (read.date.value, read.issuing_body.value) == (None, "Bộ Y tế")


def test_a_precedent_is_read_without_a_letterhead(page):
    text = """
                 ÁN LỆ SỐ 43/2021/AL1
           Về hiệu lực của hợp đồng thế chấp
   Được Hội đồng Thẩm phán Tòa án nhân dân tối cao thông qua ngày 24 tháng 02 năm 2021
và được công bố theo Quyết định số 42/QĐ-CA ngày 12 tháng 3 năm 2021 của Chánh án.
"""
    read = read_header([page(text)]).to_json()["metadata"]
    assert (read["number"], read["date"]) == ("43/2021/AL", "2021-03-12")
    assert read["issuing_body"] == "Hội đồng Thẩm phán Tòa án nhân dân tối cao"


def test_an_annex_takes_its_issuer_from_what_it_was_issued_with(page):
    text = """
                        Phụ lục II
             DANH MỤC TIÊU CHUẨN CHỦ YẾU
   (Kèm theo văn bản số:      /BXD-KHCN ngày  /  /2026 của Bộ Xây dựng)
1. Tiêu chuẩn chung
"""
    read = read_header([page(text)]).to_json()["metadata"]
    assert (read["type"], read["issuing_body"]) == ("Phụ lục", "Bộ Xây dựng")
    assert (read["number"], read["date"]) == (None, None)
    assert read["subject"] == "DANH MỤC TIÊU CHUẨN CHỦ YẾU"


def test_a_sheet_or_nothing_has_no_header(page):
    for pages in (
        [],
        [page("")],
        [page("TT      Họ và tên      Ngày sinh\n1     Nguyễn Văn A   1970")],
    ):
        read = read_header(pages).to_json()["metadata"]
        assert {read[name] for name in ("number", "type", "date", "issuing_body")} == {None}


def test_an_attached_draft_does_not_sign_for_the_document(page, papers):
    attached = papers["state"].replace("Đỗ Thị Bình", "Trần Văn Hai").replace("514/", "   /")
    read = read_header([page(papers["state"]), page(attached, number=2)])
    assert (read.signer.value, read.number.value) == ("Đỗ Thị Bình", "514/TTr-SNV")


@pytest.mark.parametrize("piece", ["số ", "Số: 1/", "kèm theo ", "của ", "- ", "TM. ", "ngày "])
@pytest.mark.parametrize("placed", [True, False])
def test_a_hostile_page_does_not_hold_the_reader_up(page, piece, placed):
    lines = "\n".join([piece * 200] * 100)
    assert read_header([page(lines, placed=placed)]).date.value is None


def test_a_signature_on_the_last_page_of_a_long_document_is_found(page, papers):
    body = [page(f"Điều {number}. Quy định", number=number) for number in range(1, 80)]
    read = read_header([*body, page(papers["state"], number=80)])
    assert (read.signer.value, read.signer.page) == ("Đỗ Thị Bình", 80)


def _score():
    path = REAL.parent / "tools" / "score_intake.py"
    spec = importlib.util.spec_from_file_location("score_intake", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason="no real documents here")
def test_real_papers_are_read_with_at_most_one_miss_a_field():
    score = _score()
    folder = REAL / "pdf-born-digital"
    misses, sure = {}, []
    for line in (folder / "metadata.jsonl").read_text().splitlines():
        truth = json.loads(line)
        with pypdfium2.PdfDocument(folder / truth["file"]) as pdf:
            texts = [read_text(page) for page in pdf]
        pages = [
            PageText(number=number, text=text, words=words, source=Source.LAYER, quality=1)
            for number, (text, words) in enumerate(texts, 1)
        ]
        read = read_header(pages).to_json()
        # What was typed over the page as an annotation is not in its text layer.
        for field in set(score.FIELDS) & set(truth):
            value = read["metadata"][field]
            if not score.agrees(field, truth, value):
                misses.setdefault(field, []).append(truth["file"])
                sure += [truth["file"]] * (value is not None and read["confidence"][field] >= 0.9)
    typed_over = {"number", "date"}
    assert sure == []
    assert all(len(files) <= 1 for field, files in misses.items() if field not in typed_over)
