import gc
import json
import stat
import threading

import pytest

from search_index import Hit, IndexBusy, IndexDamaged, Results, SearchIndex, parse, writing
from tests.search_index.library import answers, document, found, places


@pytest.fixture
def filled(index):
    index.put(
        document("plan", "Kế hoạch thủy lợi", "Đập nước thượng nguồn", symbol="5-KH/TU"),
        document("noise", "Báo cáo giáo dục", "Trường lớp vùng cao"),
    )
    return index


def test_a_new_index_is_empty_and_private(index, folder):
    assert index.versions() == {}
    assert answers(index, "kế hoạch") == Results()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_document_is_found_at_the_page_with_the_words(filled):
    assert places(filled, "thượng nguồn") == [("plan", 2)]


def test_a_hit_names_the_version_and_its_score(filled):
    (hit,) = answers(filled, "thủy lợi").hits
    assert (hit.document, hit.version, hit.page) == ("plan", "1", 1)
    assert isinstance(hit, Hit)
    assert hit.score > 0


def test_words_of_one_question_may_stand_on_different_pages(filled):
    assert found(filled, "thủy lợi thượng nguồn") == ["plan"]
    assert found(filled, "thủy lợi vùng cao") == []


def test_a_title_or_number_alone_answers_page_one(index):
    index.put(document("titled", "Trang đầu", "Trang sau", title="Đề án rừng", symbol="9-ĐA/TU"))
    index.put(document("noise", "Trang khác"))
    assert places(index, "đề án rừng") == places(index, "9-ĐA/TU") == [("titled", 1)]


def test_words_of_the_title_count_on_every_page(index):
    index.put(document("titled", "Trang đầu", "Phụ lục kinh phí", title="Đề án rừng"))
    assert places(index, "rừng kinh phí") == [("titled", 2)]


def test_a_document_without_pages_is_found_by_its_title(index):
    index.put(document("bare", title="Bản đồ hành chính"), document("noise", "Chuyện khác"))
    assert places(index, "bản đồ") == [("bare", 1)]


def test_another_version_takes_the_place_of_the_first(filled):
    filled.put(document("plan", "Chương trình y tế", version="2"))
    assert filled.versions() == {"plan": "2", "noise": "1"}
    assert found(filled, "thủy lợi") == found(filled, "5-KH/TU") == []
    assert places(filled, "y tế") == [("plan", 1)]


def test_the_last_of_two_entries_in_one_call_counts(index):
    index.put(document("plan", "bản nháp"), document("plan", "bản chính", version="2"))
    assert index.versions() == {"plan": "2"}
    assert found(index, "nháp") == []


def test_a_removed_document_is_gone_and_the_others_stay(filled):
    filled.remove("plan", "unknown")
    assert filled.versions() == {"noise": "1"}
    assert found(filled, "thủy lợi") == []
    assert found(filled, "giáo dục") == ["noise"]


def test_calls_without_documents_make_no_commit(filled, folder):
    before = (folder / "manifest.json").read_text()
    filled.put()
    filled.remove()
    assert (folder / "manifest.json").read_text() == before


def test_many_commits_and_merging_change_no_answer(index, folder):
    for number in range(20):
        index.put(document(f"d{number:02}", "nội dung chung", f"riêng thứ{number}", symbol="1-A/B"))
    index.remove("d03")
    index.put(document("d04", "nội dung mới", version="2"))
    before = answers(index, "nội dung", limit=50)
    index.optimise()
    assert answers(index, "nội dung", limit=50) == before
    assert before.total == 19
    assert places(SearchIndex.open(folder), "thứ19") == [("d19", 2)]


def test_equal_answers_come_newest_first_then_by_id(index):
    index.put(*(document(name, "giống nhau", issued_on=day) for name, day in DATED))
    assert found(index, "giống nhau") == ["newest", "a", "b", "undated"]


DATED = [("undated", 0), ("b", 20240101), ("newest", 20250301), ("a", 20240101)]


def test_a_window_of_hits_leaves_the_total_alone(index):
    index.put(*(document(name, "giống nhau", issued_on=day) for name, day in DATED))
    results = answers(index, "giống nhau", limit=2, offset=1)
    assert [hit.document for hit in results.hits] == ["a", "b"]
    assert results.total == 4
    past = answers(index, "giống nhau", offset=9)
    assert (past.total, past.hits) == (4, [])


def test_hits_may_be_of_some_documents_while_the_total_tells_of_all(index):
    index.put(*(document(name, "giống nhau", issued_on=day) for name, day in DATED))
    results = answers(index, "giống nhau", among=["b", "undated", "unknown"])
    assert [hit.document for hit in results.hits] == ["b", "undated"]
    assert (results.total, results.shown) == (4, 2)
    assert results.matching == {"undated", "b", "newest", "a"}
    nobody = answers(index, "giống nhau", among=[])
    assert (nobody.total, nobody.shown, nobody.hits) == (4, 0, [])


def test_the_same_folder_opens_again_with_what_was_in_it(filled, folder):
    again = SearchIndex.open(folder)
    assert again.versions() == filled.versions()
    assert places(again, '"đập nước thượng nguồn"') == [("plan", 2)]


def test_an_open_index_sees_the_commit_of_another(filled, folder):
    reader = SearchIndex.open(folder)
    filled.put(document("later", "Biên bản bàn giao"))
    assert found(reader, "bàn giao") == ["later"]


def test_many_threads_search_while_one_writes(filled):
    seen = []

    def look():
        seen.extend(tuple(found(filled, "thủy lợi")) for _ in range(30))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(6):
        filled.put(document(f"new{number}", "tài liệu khác"))
    for thread in threads:
        thread.join()
    assert seen == [("plan",)] * 120


def test_a_second_writer_gives_up_when_the_first_stays(filled, folder, monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    with writing._writer(folder), pytest.raises(IndexBusy):
        filled.remove("plan")
    filled.remove("plan")
    assert filled.versions() == {"noise": "1"}


def test_an_error_within_a_commit_leaves_the_generation_before(filled):
    with pytest.raises(AttributeError):
        filled.put(document("good", "đúng"), document("plan", None))
    assert found(filled, "đúng") == []
    filled.put(document("good", "đúng"))
    assert found(filled, "đúng") == ["good"]


def test_an_index_of_another_analysis_is_refused(filled, folder):
    (folder / "manifest.json").write_text(json.dumps({"generation": 1, "analysis": 0}))
    with pytest.raises(IndexDamaged, match="analysis 0"):
        SearchIndex.open(folder)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"generation": 1, "more": 2}'])
def test_an_unreadable_manifest_is_damage(filled, folder, content):
    (folder / "manifest.json").write_text(content)
    with pytest.raises(IndexDamaged):
        SearchIndex.open(folder)


# Whoosh leaves a file that it cannot read to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("pattern", ["*.toc", "*.seg"])
@pytest.mark.parametrize("cut", [True, False], ids=["cut", "gone"])
def test_lost_or_cut_files_are_damage(filled, folder, pattern, cut):
    for file in folder.glob(pattern):
        file.write_bytes(file.read_bytes()[:7]) if cut else file.unlink()
    with pytest.raises(IndexDamaged):
        found(SearchIndex.open(folder), "thủy lợi", ["plan"])
    gc.collect()


def test_starting_over_gives_an_empty_index_and_keeps_the_damaged_one_aside(filled, folder):
    (folder / "manifest.json").unlink()
    fresh = SearchIndex.start_over(folder)
    assert fresh.versions() == {}
    assert (folder.parent / "index.damaged").is_dir()
    fresh.put(document("again", "có lại"))
    assert found(filled, "có lại") == ["again"]


def test_starting_over_where_nothing_is_makes_an_index(folder):
    assert SearchIndex.start_over(folder).versions() == {}


def test_a_question_about_nothing_finds_nothing(filled):
    assert filled.search(parse(" ... "), allowed=["plan"]) == Results()
