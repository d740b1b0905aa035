"""Notes upon the pages of a PDF: where they were drawn, however the page is turned or cut."""

import math
from contextlib import closing

import pikepdf
import pypdfium2
import pytest

from meetings.intake.annotating import annotate
from meetings.intake.copies import stamp_file
from meetings.press.pdf import typeset

WRITTEN = "2026-11-27T08:30:00+00:00"
CROP = (50, 60, 500, 760)


def note(kind: str, shape: dict, *, page: int = 1, text: str = "") -> dict:
    return {"page": page, "kind": kind, "shape": shape, "text": text, "written": WRITTEN}


STROKE = note("ink", {"lines": [[2000, 3000, 500, 0, 500, 0]], "color": "red"})
HIGHLIGHT = note("highlight", {"rects": [[6000, 7000, 1000, 200]], "color": "yellow"})
PIN = note("text", {"x": 5000, "y": 5000}, text="Hỏi lại Sở Tài chính: 5,2 % <kinh phí>")


def annotated(source, target, *notes):
    with pikepdf.open(source) as pdf:
        added = annotate(pdf, notes)
        pdf.save(target)
    return added


def colours_at(path, across: float, down: float, page: int = 0) -> tuple[int, int, int]:
    """Return what is seen at a place of the page as it is shown."""
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        bitmap = pdf[page].render(scale=2, may_draw_forms=True).to_numpy()
    height, width = bitmap.shape[:2]
    blue, green, red = (int(c) for c in bitmap[int(down * height), int(across * width)][:3])
    return red, green, blue


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, CROP])
def test_a_note_is_seen_where_it_was_drawn_on_the_page_as_shown(make_pdf, tmp_path, rotate, crop):
    target = tmp_path / "out.pdf"
    assert annotated(make_pdf("blank", rotate=rotate, crop=crop), target, STROKE, HIGHLIGHT) == 2
    red, green, _blue = colours_at(target, 0.25, 0.3)
    assert red - green > 80
    red, green, blue = colours_at(target, 0.65, 0.71)
    assert min(red, green) - blue > 80
    for across, down in ((0.25, 0.35), (0.35, 0.3), (0.65, 0.75), (0.5, 0.5)):
        assert colours_at(target, across, down) == (255, 255, 255)


def test_other_readers_know_what_each_note_is(make_pdf, tmp_path):
    target = tmp_path / "out.pdf"
    annotated(make_pdf("text", "blank"), target, STROKE, HIGHLIGHT, PIN, STROKE | {"page": 2})
    with pikepdf.open(target) as pdf:
        first, second = (list(page.Annots) for page in pdf.pages)
        assert [str(one.Subtype) for one in first] == ["/Ink", "/Highlight", "/Text"]
        assert [str(one.Subtype) for one in second] == ["/Ink"]
        assert str(first[2].Contents) == PIN["text"]
        assert str(first[0].M) == "D:20261127083000Z"
        assert len(first[0].InkList[0]) == 6
        assert len(first[1].QuadPoints) == 8
        for one in (*first, *second):
            left, bottom, right, top = map(float, one.Rect)
            assert 0 <= left < right <= 596
            assert 0 <= bottom < top <= 843


def test_words_under_a_highlight_stay_black(make_pdf, tmp_path):
    target = tmp_path / "out.pdf"
    everywhere = note("highlight", {"rects": [[0, 0, 10_000, 10_000]]})
    annotated(make_pdf("text"), target, everywhere)
    with closing(pypdfium2.PdfDocument(target)) as pdf:
        bitmap = pdf[0].render(scale=2).to_numpy()
    assert bitmap[..., :3].max(axis=2).min() < 40


def test_links_of_the_paper_stay_beside_the_notes(tmp_path):
    source, target = tmp_path / "paper.pdf", tmp_path / "out.pdf"
    source.write_bytes(typeset('<html lang=vi><a href="#b">Xem</a><p id="b">Đây</p></html>'))
    annotated(source, target, PIN)
    with pikepdf.open(target) as pdf:
        assert [str(one.Subtype) for one in pdf.pages[0].Annots] == ["/Link", "/Text"]


def test_a_single_dot_is_drawn(make_pdf, tmp_path):
    target = tmp_path / "out.pdf"
    assert annotated(make_pdf("blank"), target, note("ink", {"lines": [[5000, 5000]]})) == 1
    red, green, _blue = colours_at(target, 0.5, 0.5)
    assert red - green > 80


@pytest.mark.parametrize(
    "strange",
    [
        note("ink", {}),
        note("ink", {"lines": []}),
        note("ink", {"lines": [[]]}),
        note("ink", {"lines": [["a", "b"]]}),
        note("ink", {"lines": 7}),
        note("highlight", {"rects": [[1, 2, 3]]}),
        note("highlight", {"rects": [None]}),
        note("text", {"x": None, "y": 1}),
        note("voice", {"x": 1, "y": 1}),
        STROKE | {"page": 0},
        STROKE | {"page": 2},
        STROKE | {"page": -1},
    ],
    ids=str,
)
def test_what_no_tool_of_ours_draws_is_left_out_and_the_others_stay(make_pdf, tmp_path, strange):
    target = tmp_path / "out.pdf"
    assert annotated(make_pdf("blank"), target, strange, PIN) == 1
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages[0].Annots) == 1


@pytest.mark.parametrize("number", [math.inf, math.nan, 10**40])
def test_places_that_are_nowhere_are_left_out(make_pdf, tmp_path, number):
    lost = note("ink", {"lines": [[number, 1, 2, 2]]})
    assert annotated(make_pdf("blank"), tmp_path / "out.pdf", lost, PIN) == 1


def test_a_child_puts_them_above_the_stamp(make_pdf, tmp_path, output):
    sheets = tmp_path / "sheets.pdf"
    sheets.write_bytes(typeset("<html lang=vi><p>Mã bản</p></html>"))
    with pikepdf.open(sheets, allow_overwriting_input=True) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save()
    many = [HIGHLIGHT | {"text": f"Ghi chú {number}" * 40} for number in range(300)]
    made = stamp_file(make_pdf("text"), sheets, output, notes=many)
    with pikepdf.open(made) as pdf:
        assert len(pdf.pages[0].Annots) == 300
        assert "StampLine" in str(pdf.pages[0].Contents.read_bytes())
