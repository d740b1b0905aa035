"""The order of the answers: numbers, then accents, then what the words are worth."""

from dataclasses import replace

import pytest

from search_index import parse
from search_index.ranking import Window, rank
from search_index.view import View
from search_index.weights import WEIGHTS
from tests.search_index.library import answers, document, found, places


@pytest.fixture
def noise(index):
    """Documents that answer none of the questions but make words common or rare."""
    index.put(
        *(
            document(f"noise{at}", "trang giấy khác hẳn", "phụ lục", title="tên gọi khác")
            for at in range(8)
        )
    )


def put(index, **texts):
    index.put(*(document(name, text) for name, text in texts.items()))


def test_the_whole_number_comes_before_its_beginning_and_both_before_a_citation(index, noise):
    index.put(
        document("cites", "Theo số 43-KL/TU, số 43-KL/TU và số 43-KL/TU."),
        document("longer", "Trang một", symbol="43-KL/TU-A", issued_on=20250101),
        document("own", "Trang một", symbol="43-KL/TU", issued_on=20200101),
        document("other", "Trang một", symbol="143-KL/TU"),
    )
    assert found(index, "43-KL/TU") == ["own", "longer", "cites"]


def test_a_named_field_leaves_citations_out(index, noise):
    index.put(
        document("own", "Trang một", symbol="43-KL/TU"),
        document("cites", "Theo số 43-KL/TU của tỉnh."),
    )
    assert found(index, "số:43-KL/TU") == ["own"]
    assert found(index, "số:43") == ["own"]
    assert found(index, "số:3") == []


def test_a_number_with_words_needs_both(index, noise):
    index.put(
        document("both", "Về rừng phòng hộ", symbol="43-KL/TU"),
        document("number", "Về biển", symbol="43-KL/TU"),
        document("words", "Rừng phòng hộ và rừng phòng hộ"),
    )
    assert found(index, "43-KL/TU rừng phòng hộ") == ["both"]


def test_a_citation_is_found_however_its_number_was_typed(index, noise):
    put(index, cites="Căn cứ Nghị quyết số 03-NQ/TU.", other="Căn cứ Nghị quyết số 13-NQ/TU.")
    for typed in ("3-NQ/TU", "03-NQ/TU", "03NQ/TU", "số 3-nq/tu", "3 nq tu"):
        assert found(index, typed) == ["cites"], typed


def test_one_word_with_its_accents_beats_many_without(index, noise):
    put(index, many="thu thu thu thu", one="một bức thư gửi đi rất xa", other="thù lao thù lao")
    assert found(index, "thư")[0] == "one"
    assert set(found(index, "thư")) == {"many", "one", "other"}


def test_every_accent_has_to_be_right_for_the_first_places(index, noise):
    put(index, half="đất gia gia gia gia", whole="giá cả và mặt đất của vùng", none="gia dat")
    assert found(index, "giá đất")[0] == "whole"


def test_the_place_of_a_tone_is_no_difference_in_accents(index, noise):
    index.put(
        document("old", "hoà", issued_on=20240101),
        document("new", "hòa", issued_on=20240102),
        document("none", "hoa", issued_on=20240103),
    )
    assert found(index, "hòa") == found(index, "hoà") == ["new", "old", "none"]


def test_accents_do_not_matter_to_who_types_none(index, noise):
    index.put(
        document("accents", "đất", issued_on=20240101),
        document("none", "dat", issued_on=20240102),
    )
    assert found(index, "dat") == ["none", "accents"]


def test_accents_count_among_documents_that_have_them_all(index, noise):
    put(index, mixed="đất dat dat dat", pure="đất đất đất đất")
    first, second = answers(index, "đất").hits
    assert (first.document, second.document) == ("pure", "mixed")
    assert first.score > second.score


def test_a_title_weighs_more_than_a_page(index, noise):
    index.put(
        document("page", "đề án biển", title="một hai ba"),
        document("title", "một hai ba", title="đề án biển"),
    )
    assert found(index, "biển") == ["title", "page"]


def test_a_title_with_the_words_side_by_side_beats_one_with_a_word_between(index, noise):
    """Whoever types a whole title means it, whatever the pages of its neighbour say."""
    asked, said = "Quyền của bên mang thai hộ", "quyền của bên, bên mang thai hộ"
    between = "Quyền của bên nhờ mang thai hộ"
    index.put(
        document("whole", "điều một", title=asked, issued_on=20200101),
        document("between", said, title=between, issued_on=20210101),
        document("page", "Quyền của bên mang thai hộ", title="tên gọi khác"),
    )
    assert found(index, asked) == ["whole", "between", "page"]
    assert found(index, "quyen cua ben mang thai ho") == ["whole", "between", "page"]
    assert found(index, between)[0] == "between"


def test_a_single_word_asks_for_no_neighbours(index, noise):
    document_of = {at: document(f"{at}", "điều một", title=at) for at in ("biển xa", "biển")}
    index.put(*document_of.values())
    before = [(hit.document, hit.score) for hit in answers(index, "biển").hits]
    view = View(index.source(), index.versions())
    same = rank(view, parse("biển"), Window(), weights=replace(WEIGHTS, whole=9.0))
    assert [(hit.document, hit.score) for hit in same.hits] == before


def test_a_word_said_more_often_weighs_more(index, noise):
    put(index, often="biển biển biển xa", once="biển xa gần đây")
    assert found(index, "biển") == ["often", "once"]


def test_a_word_weighs_more_in_a_short_page(index, noise):
    put(index, long="biển " + "xa " * 60, short="biển xa")
    assert found(index, "biển") == ["short", "long"]


def test_a_rare_word_weighs_more_than_a_common_one(index):
    index.put(document("common", "trang luật", issued_on=20250101))
    index.put(*(document(f"rare{at}", "trang núi") for at in range(9)))
    assert found(index, "luật OR núi")[-1] == "common", "public text says what is rare"


def test_words_side_by_side_come_before_the_same_words_apart(index, noise):
    put(index, apart="chính sách cải tiến hành cách", together="cải cách hành chính sách tiến")
    assert found(index, "cải cách hành chính") == ["together", "apart"]
    assert found(index, "cai cach hanh chinh") == ["together", "apart"]


def test_the_best_page_is_the_one_that_has_all_words(index, noise):
    index.put(document("plan", "biển biển biển", "núi núi núi", "biển và núi, " + "xa " * 30))
    assert places(index, "biển núi") == [("plan", 3)]


def test_where_no_page_has_all_words_the_richest_is_shown(index, noise):
    index.put(document("plan", "biển", "núi núi núi cao", "hồ"))
    assert places(index, "biển núi") == [("plan", 2)]


def test_a_page_with_the_accents_is_shown_before_one_without(index, noise):
    index.put(document("plan", "dat dat dat", "về đất đai của huyện ven sông"))
    assert places(index, "đất") == [("plan", 2)]


def test_of_equal_pages_the_first_is_shown(index, noise):
    index.put(document("plan", "mở đầu", "biển xa", "biển xa"))
    assert places(index, "biển") == [("plan", 2)]


def test_pages_keep_their_own_numbers(index, noise):
    from search_index import DocumentEntry, PageEntry

    index.put(DocumentEntry("part", "1", (PageEntry(40, "núi"), PageEntry(12, "biển"))))
    assert places(index, "núi") == [("part", 40)]
    assert places(index, "biển") == [("part", 12)]


def test_a_refused_word_anywhere_in_a_document_takes_all_of_it_away(index, noise):
    index.put(document("both", "biển", "núi"), document("one", "biển"))
    index.put(document("titled", "biển", title="Núi cao"))
    assert found(index, "biển -núi") == ["one"]
    assert found(index, 'biển -"núi cao"') == ["both", "one"]


def test_either_side_of_or_is_a_question_of_its_own(index, noise):
    put(index, sea="biển xanh", hill="núi cao", mixed="biển cao")
    assert set(found(index, "biển xanh OR núi cao")) == {"sea", "hill"}


def test_keystrokes_are_read_only_where_nothing_says_them(index, noise):
    put(index, meant="bàn về nghị quyết")
    assert found(index, "nghij") == ["meant"]
    put(index, typed="mã nghij của phần mềm")
    assert found(index, "nghij") == ["typed"]


def test_keystrokes_said_only_in_hidden_documents_are_not_said(index, noise):
    put(index, meant="bàn về nghị quyết", hidden="mã nghij của phần mềm")
    assert found(index, "nghij", {"meant"}) == ["meant"]


def test_another_table_of_abbreviations_may_be_passed(index, noise):
    put(index, sea="kinh tế biển", hill="kinh tế đồi rừng")
    query = parse("KTB", {"KTB": "kinh tế biển"})
    (hit,) = index.search(query, allowed=index.versions()).hits
    assert hit.document == "sea"
    assert found(index, "KTB") == []


def test_scores_fall_within_one_rank(index, noise):
    put(index, a="biển biển", b="biển xa", c="biển " + "xa " * 20)
    scores = [hit.score for hit in answers(index, "biển").hits]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


@pytest.mark.parametrize("limit", [0, 1, 3, 50])
def test_a_limit_cuts_the_hits_and_nothing_else(index, noise, limit):
    put(index, a="biển", b="biển xa", c="biển xa xa", d="núi")
    results = answers(index, "biển", limit=limit)
    assert len(results.hits) == min(limit, 3)
    assert results.total == 3


def test_a_bare_number_finds_its_document_before_the_pages_that_say_it(index, noise):
    index.put(
        document("says", "436 người, 436 hộ, 436 lần"),
        document("longer", "Trang một", symbol="4361-KL/TU"),
        document("own", "Trang một", symbol="436-KL/TU"),
        document("just", "Trang một", symbol="436"),
    )
    assert found(index, "436") == ["just", "own", "says"]
    assert found(index, "0436") == ["just", "own"]


def test_a_word_may_go_on(index, noise):
    put(index, whole="Chuyển đổi số", part="chuyên gia", other="chu kỳ")
    assert set(found(index, "chuye*")) == {"whole", "part"}
    assert found(index, "chuye* số") == ["whole"]


def test_a_date_is_the_day_of_issue_or_stands_in_the_text(index, noise):
    index.put(
        document("issued", "Trang một", issued_on=20240605),
        document("told", "Họp ngày 5 tháng 6 năm 2024 tại tỉnh", issued_on=20240620),
        document("later", "Trang hai", issued_on=20240606),
    )
    assert set(found(index, "ngày 5 tháng 6 năm 2024")) == {"issued", "told"}


def test_the_nearest_are_the_answer_only_where_nothing_has_all_and_only_if_asked(index, noise):
    put(index, two="rừng phòng hộ ven sông", one="rừng", refused="phòng cháy")
    typed = "rừng phòng hộ đầu nguồn -cháy"
    assert answers(index, typed).hits == []
    near = answers(index, typed, nearest=True)
    assert [hit.document for hit in near.hits] == ["two", "one"]
    assert near.nearest
    assert near.total == 2
    exact = answers(index, "rừng phòng hộ", nearest=True)
    assert [hit.document for hit in exact.hits] == ["two"]
    assert not exact.nearest
    assert not answers(index, "xyz", nearest=True).nearest


def test_weights_are_data(index, noise):
    index.put(
        document("title", "trang một", title="đê điều"),
        document("body", "đê điều " * 9, title="tên"),
    )
    view = View(index.source(), index.versions())
    for weight, first in ((9.0, "title"), (0.01, "body")):
        weights = replace(WEIGHTS, title=weight)
        hits = rank(view, parse("đê điều"), Window(1), weights=weights).hits
        assert [hit.document for hit in hits] == [first]
