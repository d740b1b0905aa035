"""What a document seems to do to what it cites, from the words before the citation."""

import pytest

from meetings.intake.citations import STRENGTH, clues_of, find_citations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định này thay thế Quyết định số 12-QĐ/TU", ["replaces"]),
        ("bãi bỏ Quy định số 12-QĐ/TU ngày 02/3/2020", ["repeals"]),
        ("Sửa đổi, bổ sung một số điều của Quy chế số 05-QC/TU", ["amends"]),
        ("tạm ngưng hiệu lực của Chỉ thị số 05-CT/TU", ["suspends"]),
        ("Thực hiện Nghị quyết số 03-NQ/TU, Tỉnh ủy xây dựng", ["implements"]),
        ("Sơ kết 3 năm thực hiện Nghị quyết số 03-NQ/TU", ["reviews"]),
        ("như Kết luận số 436-KL/TU đã nêu", ["cites"]),
        ("Việc thực hiện đã xong. Theo Kết luận số 436-KL/TU", ["cites"]),
        ("Nghị quyết số 08-NQ/TU thay thế Nghị quyết số 05-NQ/TU", ["cites", "cites"]),
        ("Thực hiện Nghị quyết 03-NQ/TU và Kết luận 436-KL/TU", ["implements", "cites"]),
        ("không có dẫn chiếu nào", []),
    ],
)
def test_the_words_before_a_citation_tell(text: str, expected: list[str]):
    assert clues_of(text, find_citations(text)) == expected


def test_decomposed_letters_do_not_shift_the_words():
    text = "Tỉnh ủy thay thế Nghị quyết số 05-NQ/TU".encode().decode()
    assert clues_of(text, find_citations(text)) == ["replaces"]


def test_what_ends_a_document_is_stronger_than_what_mentions_it():
    assert STRENGTH["replaces"] < STRENGTH["implements"] < STRENGTH["cites"]
