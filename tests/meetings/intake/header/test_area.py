from meetings.intake.header import read_header
from meetings.intake.header.area import signature_area, with_second_look
from meetings.intake.page_text import Source
from meetings.intake.prepared import Word


def test_a_name_under_a_seal_is_taken_from_a_second_look(page, papers):
    scan = page(papers["state"].replace("Đỗ Thị Bình", "Xé ~ #"), source=Source.OCR)
    assert read_header([scan]).signer.value is None
    area = signature_area(scan)
    assert area.x == 0.5
    words = [
        Word(text, 0.6 + index * 0.05, area.y + 0.2, 0.04, 0.013)
        for index, text in enumerate(["Đỗ", "Thị", "Bình"])
    ]
    again = with_second_look(scan, area, words)
    assert read_header([again]).signer.value == "Đỗ Thị Bình"
    assert read_header([again]).number.value == "514/TTr-SNV"


def test_a_page_without_a_signature_needs_no_second_look(page):
    assert signature_area(page("Điều 1. Phạm vi điều chỉnh")) is None
