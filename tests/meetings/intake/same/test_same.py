from datetime import date

import pytest

from meetings.intake.same import Known, SameKind, compare, shingles, similarity

TEXT = " ".join(f"từ{chr(97 + i % 26)}{chr(97 + i // 26)} nói" for i in range(400))


def numbered(name: str, day: date | None, *, digest: bytes = b"", text: str = "") -> Known:
    return Known(
        id=name,
        digest=digest,
        signature=shingles(text),
        issued=day,
        number="12-NQ/TU",
        kind_family="NQ",
        issuer="Tỉnh ủy",
    )


def test_marks_and_case_do_not_change_a_signature() -> None:
    assert shingles("Nghị quyết về CHUYỂN đổi số") == shingles("nghi quyet ve chuyen doi so")


@pytest.mark.parametrize(
    ("a", "b", "expected"), [(TEXT, TEXT, 1.0), (TEXT, "", 0.0), ("", "", 0.0)]
)
def test_likeness_of_texts(a: str, b: str, expected: float) -> None:
    assert similarity(shingles(a), shingles(b)) == expected


def test_the_strongest_sameness_comes_first() -> None:
    new = numbered("n", date(2022, 1, 1), digest=b"1", text=TEXT)
    stored = [
        Known(id="text", signature=shingles(TEXT + " thêm một câu")),
        numbered("number", date(2023, 5, 1)),
        Known(id="file", digest=b"1"),
        Known(id="other", digest=b"2", signature=shingles("một bài hoàn toàn khác hẳn")),
    ]
    assert [(s.kind, s.id) for s in compare(new, stored)] == [
        (SameKind.FILE, "file"),
        (SameKind.NUMBER, "number"),
        (SameKind.TEXT, "text"),
    ]


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2016, 1, 1), 0), (date(2024, 1, 1), 1), (date(2025, 3, 1), 1), (None, 0)],
)
def test_numbers_start_anew_with_each_term(day: date | None, found: int) -> None:
    new = numbered("n", date(2022, 1, 1))
    assert len(compare(new, [numbered("o", day)])) == found
