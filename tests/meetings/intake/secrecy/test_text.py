"""A mark stops a document; a document that only speaks about secrecy is not stopped."""

import gzip
import json
import os
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.intake.page_text import PageText
from meetings.intake.prepared import WHOLE_PAGE, Word
from meetings.intake.secrecy import Evidence, Level, secrecy_in_text

REAL = Path(__file__).resolve().parents[4].parent / "shared" / "data"
A_PAGE = 3000  # letters
SAMPLE = None if os.environ.get("LONG_TESTS") else 300

MARKED = {
    "MẬT": "S1",
    "TỐI MẬT": "S2",
    "TUYỆT MẬT": "S3",
    "T Ố I  M Ậ T": "S2",
    "M.Ậ.T": "S1",
    "MÂT": "S1",
    "MẠT": "S1",
    "TỐI  MẬT": "S2",
    "TUYET MAT": "S3",
    "TUYỆT\nMẬT": "S3",
    "TỐI\nMẬT": "S2",
    "[TUYỆT MẬT]": "S3",
    "| MẬT |": "S1",
    "Số 12-BC/TU | TỐI MẬT": "S2",
    "| TỐI MẬT | CỘNG HÒA XÃ HỘI": "S2",
    "Số: 12/BC-UBND MẬT": "S1",
    "Số: 12/BC-UBND   TỐI MẬT": "S2",
    "ĐẢNG CỘNG SẢN VIỆT NAM TUYỆT MẬT": "S3",
    "MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": "S1",
    "TỐI MẬT Hà Nội, ngày 12 tháng 3 năm 2026": "S2",
    "MẬT Bản số: 03": "S1",
    "BÁO CÁO\tMẬT": "S1",
    "MẬT\nBÁO CÁO": "S1",
    "MẬT\nDANH SÁCH": "S1",
    "TỈNH ỦY SƠN LA\nMẬT": "S1",
    "TỈNH ỦY SƠN LA MẬT": "S1",
    "ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA MẬT": "S1",
    "HỎA TỐC - TỐI MẬT": "S2",
    "KHẨN   MẬT": "S1",
    "ĐỘ MẬT: TUYỆT MẬT": "S3",
    "Độ mật: Tối mật": "S2",
    "Độ mật: Mật   Độ khẩn: Khẩn": "S1",
}
SPEAKING = (
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "BÍ MẬT",
    "mật ong",
    "Luật Bảo vệ bí mật nhà nước",
    "danh mục bí mật nhà nước độ Tối mật",
    "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT",
    "DANH MỤC\nĐỘ TỐI MẬT",
    "| ĐỘ TỐI MẬT |",
    "hồ sơ đảng viên là tài liệu mật",
    "Mật",
    "TUYỆT MẬT\nTỐI MẬT\nMẬT",
    "STT | MẬT | TỐI MẬT | TUYỆT MẬT",
    "| TUYỆT MẬT, TỐI MẬT |",
    "QUY CHẾ BẢO\nMẬT",
    "BAN HÀNH DANH MỤC BÍ\nMẬT\nNHÀ NƯỚC",
    "MẬT MÃ DÂN SỰ",
    "MẬT KHẨU",
    "MẬT ĐỘ XÂY DỰNG",
    "MẶT TRẬN TỔ QUỐC",
    "KẾ HOẠCH PHÁT TRIỂN ĐÀN ONG MẬT",
    "ỦY BAN BẢO MẬT",
    "TÀI LIỆU ĐỘ\nTUYỆT MẬT CỦA ĐẢNG",
    "Số: 4 TỐI MẬT của ta",
    "ĐỘ MẬT",
    "Độ mật: ........",
    "Độ mật: Thường",
    "Độ mật: Mật, Tối mật, Tuyệt mật",
    "MẬT " + "và các nội dung khác " * 12,
)


def found_in(text, number=1, words=()):
    page = PageText(number=number, text=f"TỈNH ỦY\n{text}\nvề một việc", words=words)
    return secrecy_in_text([page])


@pytest.mark.parametrize(("text", "level"), MARKED.items())
def test_a_mark_stops(text, level):
    found = found_in(text)
    assert (found.level, found.page, found.evidence) == (level, 1, Evidence.TEXT)


@pytest.mark.parametrize("text", SPEAKING)
def test_words_about_secrecy_do_not_stop(text):
    assert found_in(text) is None


def test_a_mark_may_begin_a_document():
    assert secrecy_in_text([PageText(number=1, text="MẬT")]).level is Level.S1


def test_an_empty_document_bears_no_mark():
    assert secrecy_in_text([]) is None
    assert secrecy_in_text([PageText(number=1)]) is None


def test_a_mark_at_the_foot_of_a_last_page_stops_but_no_sample_of_a_stamp():
    assert found_in("TỐI MẬT", number=9).page == 9
    assert found_in("MẪU DẤU\nkèm theo\nTỐI MẬT", number=9) is None
    assert found_in("MẪU DẤU\nkèm theo\nTỐI MẬT", number=1) is not None


def test_beside_a_letterhead_counts_on_the_first_page_only():
    assert found_in("Số: 12/BC-UBND MẬT", number=2) is None


def test_the_surest_mark_is_told():
    pages = [PageText(number=3, text="MẬT"), PageText(number=1, text="TỐI MẬT")]
    assert secrecy_in_text(pages).level is Level.S2


def row(*texts, y=0.1, gap=0.2):
    return tuple(Word(text, 0.05 + gap * at, y, 0.05, 0.012) for at, text in enumerate(texts))


def test_a_mark_stands_apart_in_a_column_where_its_line_was_joined():
    words = row("chuyên", "MẬT", "đề")
    found = found_in("chuyên MẬT đề", words=words)
    assert found.box == (0.25, 0.1, 0.05, 0.012)
    assert found_in("chuyên TỐI MẬT đề", words=row("TỐI", "MẬT", gap=0.06)).level is Level.S2


@pytest.mark.parametrize(
    "words", [row("chuyên", "MẬT", "đề", gap=0.06), row("chuyên", "MẬT", "đề", y=0.8), row("MÍT")]
)
def test_within_a_sentence_or_low_on_the_page_it_does_not(words):
    assert found_in("chuyên MẬT đề", words=words) is None


def test_the_box_is_the_marks_own_or_the_whole_page():
    assert found_in("MẬT").box == WHOLE_PAGE
    assert found_in("MẬT", words=row("TỈNH", "MẬT")).box == (0.25, 0.1, 0.05, 0.012)


@given(
    st.sampled_from(["MẬT", "TỐI MẬT", "TUYỆT MẬT"]),
    st.integers(0, 2),
    st.booleans(),
    st.sampled_from(["", "| ", "[", "* "]),
)
def test_however_spaced_and_composed_a_mark_stops(words, spaces, decomposed, ornament):
    text = ornament + (" " * spaces).join(words)
    text = unicodedata.normalize("NFD", text) if decomposed else text
    assert found_in(text) is not None
    assert found_in(text.lower()) is None
    assert found_in(text.title()) is None or spaces


@given(st.text("MẬT TỐIUYỆ|.,:\n", max_size=400))
def test_any_text_is_judged(text):
    found = found_in(text)
    assert found is None or found.level in Level


def pages_of(text):
    starts = range(0, max(1, len(text)), A_PAGE)
    return [PageText(number=n, text=text[at : at + A_PAGE]) for n, at in enumerate(starts, start=1)]


@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason="no real documents here")
def test_real_texts_are_not_stopped():
    rows = [
        row
        for name in ("vbpl-full-documents", "phapdien-articles")
        for row in gzip.decompress((REAL / "text" / f"{name}.jsonl.gz").read_bytes()).splitlines()
    ]
    sample = random.Random(1).sample(rows, SAMPLE or len(rows))
    stopped = [t[:80] for t in sample if secrecy_in_text(pages_of(json.loads(t)["text"]))]
    assert len(stopped) <= 2


@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason="no real documents here")
def test_transcripts_of_old_documents_are_not_stopped():
    for file in REAL.glob("legacy-encoding/*.gt.txt"):
        assert secrecy_in_text(pages_of(file.read_text(encoding="utf-8"))) is None, file.name
