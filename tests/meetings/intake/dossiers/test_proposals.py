import datetime as dt
import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.intake.dossiers import DossierPage, Reason, identify, propose
from meetings.intake.prepared import Word

HEAD = ("ĐẢNG BỘ HUYỆN | ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY | Nà Hạ, ngày 3 tháng 2 năm 2012")
BODY = (
    "Luôn chấp hành nghiêm chủ trương, đường lối của Đảng và pháp luật,",
    "tham gia đầy đủ các buổi sinh hoạt, có lối sống lành mạnh.",
)
ADMITTED = (*HEAD, "=QUYẾT ĐỊNH", "=kết nạp đảng viên", "- Căn cứ Điều lệ Đảng;", *BODY)
SIGNED = ("~0.5", " | T/M ĐẢNG ỦY", " | BÍ THƯ", " | Lò Văn An")


def review(year: int) -> tuple[str, ...]:
    return (*HEAD, "=BẢN TỰ KIỂM ĐIỂM CÁ NHÂN", f"=Năm {year}", "Họ và tên: Lò Văn An", *BODY)


def form(day: str) -> tuple[str, ...]:
    return (" | Mẫu 2-HSĐV", "=PHIẾU ĐẢNG VIÊN", "01. Họ và tên: Lò Văn An", *BODY, f" | x, {day}")


def cut(pages) -> list[tuple[int, int, int | None]]:
    return [(one.first, one.last, one.kind) for one in propose(pages)]


def test_papers_begin_where_they_say_what_they_are(bundle):
    assert cut(bundle(ADMITTED, review(2011), review(2012))) == [(1, 1, 5), (2, 2, 61), (3, 3, 61)]


def test_a_page_with_the_next_number_goes_on(bundle):
    assert cut(bundle(review(2011), ["=2", *BODY], ["=3", *BODY], ADMITTED)) == [
        (1, 3, 61),
        (4, 4, 5),
    ]


def test_a_page_without_number_and_title_goes_on(bundle):
    assert cut(bundle(review(2011), BODY, ADMITTED)) == [(1, 2, 61), (3, 3, 5)]


def test_an_empty_back_stays_with_its_front(bundle):
    assert cut(bundle(ADMITTED, None, review(2012), None)) == [(1, 2, 5), (3, 4, 61)]


def test_the_numbers_of_an_archive_do_not_join_papers(bundle):
    pages = [(f" | ~ {number}", *review(2000 + number)) for number in range(1, 6)]
    pages = [(*page[1:],) for page in pages]
    plain = bundle(*pages)
    folios = [
        DossierPage(
            number=page.number, text=page.text, width=page.width, height=page.height,
            words=[Word(str(page.number), 0.92, 0.02, 0.02, 0.012), *page.words],
        )
        for page in plain
    ]  # fmt: skip
    assert cut(folios) == cut(plain) == [(number, number, 61) for number in range(1, 6)]


def test_who_signs_begins_no_paper(bundle):
    end = ["=2", " | NGƯỜI TỰ KIỂM ĐIỂM", " | Lò Văn An", "Nhận xét, đánh giá của chi ủy:"]
    assert cut(bundle(review(2011), end, ADMITTED)) == [(1, 2, 61), (3, 3, 5)]


def test_a_booklet_goes_on_with_its_items_though_opened_it_is_wider(sheet):
    cover = sheet(" | Mẫu 1-HSĐV", "~0.3", "=LÝ LỊCH ĐẢNG VIÊN", size=(420, 595))
    inside = sheet(
        "01. Họ và tên: LÒ VĂN AN", "=HOÀN CẢNH GIA ĐÌNH", *BODY, number=2, size=(842, 595)
    )
    assert cut([cover, inside]) == [(1, 2, 2)]


def test_what_is_surely_said_and_what_is_left_to_a_person(bundle):
    clear, spoilt, unknown = propose(
        bundle(ADMITTED, (*HEAD, "=G|ẤY G.Ớ. TH.ỆU"), (*HEAD, "=MỤC LỤC TÀI LIỆU"))
    )
    assert (clear.kind, clear.reason) == (5, Reason.TITLED)
    assert clear.confidence >= 0.9
    assert (spoilt.kind, spoilt.reason) == (None, Reason.UNTITLED)
    assert (unknown.kind, unknown.reason) == (None, Reason.OUTSIDE)
    assert spoilt.confidence == unknown.confidence == 0


def test_a_slip_costs_confidence(bundle):
    clear, misread = propose(bundle(ADMITTED, [line.replace("kết", "két n") for line in ADMITTED]))
    assert misread.kind == clear.kind
    assert misread.reason == Reason.MISREAD
    assert misread.confidence < clear.confidence


def test_the_day_is_that_of_the_head_or_of_the_signature(bundle):
    letter = (
        "=ĐƠN XIN VÀO ĐẢNG",
        "Sinh ngày 5 tháng 6 năm 1970",
        "~0.3",
        "x, ngày 9 tháng 8 năm 1999",
    )
    in_head, signed, undated = propose(
        bundle(ADMITTED, letter, ("=PHIẾU BÁO", "=đảng viên từ trần"))
    )
    assert in_head.dated == dt.date(2012, 2, 3)
    assert signed.dated == dt.date(1999, 8, 9), "not the day of birth"
    assert undated.dated is None


def test_of_several_member_forms_the_newest_counts(bundle):
    pages = bundle(form("ngày 1 tháng 2 năm 1995"), form("ngày 1 tháng 2 năm 2020"))
    old, new = propose(pages)
    assert (old.kind, old.reason) == (85, Reason.OLDER_FORM)
    assert old.confidence < 0.9 <= new.confidence
    assert new.kind == 3


def test_undated_member_forms_are_left_to_a_person(bundle):
    pages = bundle(form(""), form("ngày 1 tháng 2 năm 2020"), form("ngày 1 tháng 2 năm 1995"))
    assert [one.kind for one in propose(pages)] == [None, None, 85]
    assert propose(pages)[0].reason == Reason.SEVERAL_FORMS
    assert cut(bundle(form(""))) == [(1, 1, 3)], "one alone is the form"


def test_empty_pages_before_the_first_paper_are_a_piece_of_their_own(bundle):
    assert cut(bundle(None, None, ADMITTED)) == [(1, 2, None), (3, 3, 5)]
    assert propose(bundle(None, ADMITTED))[0].reason == Reason.BLANK


def test_a_page_of_which_nothing_can_be_read_is_left_to_a_person(bundle, sheet):
    before, after = bundle(ADMITTED, [], review(2012))[::2]
    pieces = propose([before, sheet(number=2), after])
    assert [(one.first, one.last, one.kind) for one in pieces] == [
        (1, 1, 5),
        (2, 2, None),
        (3, 3, 61),
    ]
    assert pieces[1].reason == Reason.UNREADABLE
    assert pieces[0].confidence < 0.9, "it may belong to the paper before"


def test_a_page_of_which_nothing_can_be_read_stays_between_two_of_one_paper(bundle, sheet):
    first, _, third = bundle(ADMITTED, None, ["=3", *BODY])
    assert cut([first, sheet(number=2), third]) == [(1, 3, 5)]
    assert propose([first, sheet(number=2), third])[0].confidence < 0.9


def test_nothing_is_proposed_for_nothing():
    assert propose([]) == ()


LINE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["QUYẾT ĐỊNH", "kết nạp đảng viên", "Mẫu 3-HSĐV", "2", "- 3 -", "Điều 1.",
                     "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 1-QĐ/", "Kính gửi:", "ngày 31 tháng 2 năm 1999",
                     "PHIẾU ĐẢNG VIÊN", "BẢN", "\x00\ud7ff", "Họ và tên: ", "sinh ngày 99/99/99"]),
)  # fmt: skip
SHARE = st.floats(-0.5, 1.5, allow_nan=False)
WORD = st.builds(Word, LINE, SHARE, SHARE, st.floats(0, 1), st.floats(0, 1))
PAGE = st.fixed_dictionaries(
    {
        "text": st.lists(LINE, max_size=6).map("\n".join),
        "words": st.lists(WORD, max_size=8),
        "width": st.floats(0, 2000),
        "height": st.floats(0, 2000),
        "blank": st.booleans(),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PAGE, max_size=12), st.integers(1, 500))
def test_whatever_the_pages_hold_each_is_in_exactly_one_piece(pages, begin):
    numbered = [DossierPage(number=begin + at, **page) for at, page in enumerate(pages)]
    pieces = propose(numbered)
    covered = [number for one in pieces for number in range(one.first, one.last + 1)]
    assert covered == [page.number for page in numbered]
    assert all(before.last + 1 == after.first for before, after in pairwise(pieces))
    assert all(0 <= one.confidence <= 1 for one in pieces)
    assert all(one.kind is None or 1 <= one.kind <= 104 for one in pieces)
    identify(numbered, pieces)


def test_the_same_pages_give_the_same_pieces(bundle):
    pages = bundle(ADMITTED, None, review(2012), BODY)
    assert propose(pages) == propose(pages)


@pytest.mark.parametrize("letter", ["1", "x", "(", " ", "i"])
def test_a_long_row_of_one_letter_takes_no_time(sheet, letter):
    start = time.process_time()
    propose([sheet(letter * 20_000, number=number) for number in range(1, 4)])
    assert time.process_time() - start < 5
