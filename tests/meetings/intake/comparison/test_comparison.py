import json
from collections.abc import Sequence
from dataclasses import asdict
from random import Random

import pytest

from meetings.intake.comparison import Comparison, compare
from meetings.intake.comparison.paragraphs import paragraphs

LINES = [
    f"{n}. Giao cơ quan thứ {n} thực hiện nhiệm vụ số {n * 7} trong năm nay." for n in range(40)
]


def rebuilt(old: Sequence[str], comparison: Comparison, length: int) -> list[str]:
    """Apply a comparison to the old paragraphs: what did not change keeps its order."""
    left = [" ".join(p.words) for p in paragraphs(old)]
    touched = {c.old_place for c in comparison.changes}
    placed = {
        c.new_place: " ".join(p.new for p in c.pieces if p.new)
        for c in comparison.changes
        if c.new_place is not None
    }
    kept = iter(text for at, text in enumerate(left) if at not in touched)
    return [placed[at] if at in placed else next(kept) for at in range(length)]


@pytest.mark.parametrize("seed", range(40))
def test_a_comparison_applied_to_the_old_version_gives_the_new_one(seed: int) -> None:
    random = Random(seed)
    lines = list(LINES)
    for _ in range(random.randrange(1, 12)):
        at = random.randrange(len(lines))
        match random.randrange(4):
            case 0:
                lines.pop(at)
            case 1:
                lines.insert(at, "9. Một việc hoàn toàn mới được thêm vào đây.")
            case 2:
                lines.insert(0, lines.pop(at))
            case _:
                lines[at] = lines[at].replace("năm nay", "năm 2026")
    old, new = ["\n".join(LINES)], ["\n".join(lines)]
    comparison = compare(old, new)
    expected = [" ".join(p.words) for p in paragraphs(new)]
    assert rebuilt(old, comparison, len(expected)) == expected
    assert not compare(new, new).changes


def test_lines_pages_and_running_heads_that_only_flow_anew_are_no_change() -> None:
    old = ["\n".join(LINES[:9])]
    new = [
        f"- {n} -\nDự thảo lần hai\n"
        + "\n".join(LINES[n * 3 - 3 : n * 3]).replace(" nhiệm", "\nnhiệm")
        for n in (1, 2, 3)
    ]
    assert not compare(old, new).changes


def test_a_changed_number_and_a_moved_paragraph_are_told_with_their_pages() -> None:
    lines = [LINES[1].replace("số 7", "số 8"), *LINES[2:9], LINES[0]]
    found = compare(["\n".join(LINES[:9])], ["", "\n".join(lines)])
    assert found.counts == {"changed": 1, "added": 0, "removed": 0, "moved": 1}
    assert next(p for p in found.changes[0].pieces if p.has_numbers).new == "8"
    assert (found.changes[0].old_page, found.changes[0].new_page) == (1, 2)
    assert json.dumps(asdict(found))
