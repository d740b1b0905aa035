import pytest

from meetings.intake.header.lines import Line
from meetings.intake.header.number import (
    has_colon,
    is_apart,
    labelled,
    mended,
    numbered,
    written,
)
from meetings.intake.prepared import Box


def line(text, *, scanned=False):
    return Line(text, Box(0, 0, 1, 0.1), 1, 0, (), scanned)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số: 11/TB-UBND", "11/TB-UBND"),
        ("Số 05-HD/VPTW", "05-HD/VPTW"),
        ("SỐ:  120 /2002/TT-BTC", "120/2002/TT-BTC"),
        ("Luật số: 127/2025/QH15", "127/2025/QH15"),
        ("Số: 66.3/2025/NQ-CP", "66.3/2025/NQ-CP"),
        ("Số: 11410/BXD-KHCNMT&VLXD", "11410/BXD-KHCNMT&VLXD"),
        ("Số 3294-CV/VPTW/nb", "3294-CV/VPTW/nb"),
        ("Số: 16 - HD/BTCTW", "16-HD/BTCTW"),
        ("Số: 20-QÐ/TW", "20-QĐ/TW"),
        ("Số: 143/2025/TT-BTС", "143/2025/TT-BTC"),
        ("Số:       /TB-UBND", None),
        ("Số      -QC/ĐU", None),
    ],
)
def test_a_number_is_returned_as_written_without_gaps(text, expected):
    said = line(text)
    assert written(said, numbered(said)) == expected


def test_slips_of_a_reader_of_pictures_are_mended_in_scans_only():
    said = line("Số: 1L/QĐĐ-UBND", scanned=True)
    assert written(said, numbered(said)) == "11/QĐ-UBND"
    typed = line("Số: 1L/QĐĐ-UBND")
    assert written(typed, numbered(typed)) == "1L/QĐĐ-UBND"


@pytest.mark.parametrize("text", ["Số: 3558", "Ngày: 25/02/2025", "số lượng 12 người", ""])
def test_an_arrival_number_is_not_the_document_s(text):
    assert numbered(line(text)) is None


def test_a_gap_and_a_colon_are_noticed():
    assert is_apart(numbered(line("Số: 22 /TTr-UBND")))
    assert not is_apart(numbered(line("Số: 22/TTr-UBND")))
    assert has_colon(line("Số: 22/TTr"))
    assert not has_colon(line("Số 22-TTr/TU"))
    assert not has_colon(None)
    assert labelled(line("Số: ......"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số; 79/2025NĐ.CP", "79/2025/NĐ-CP"),
        ("Số:542_ /TB-UBND", "542/TB-UBND"),
        ("Số: I1 /TB-UBND", "11/TB-UBND"),
        ("Số: 5O/TB-UBND", "50/TB-UBND"),
        ("Số: /TB-UBND", None),
    ],
)
def test_letters_lines_and_lost_strokes_in_the_number_of_a_scan_are_mended(text, expected):
    said = line(text, scanned=True)
    assert written(said, numbered(said)) == expected


def test_a_line_without_a_number_is_not_mended():
    assert mended("so lieu nam 2025") == "so lieu nam 2025"
    assert numbered(line("Số: I1 /TB-UBND")) is None
