"""How the reader cuts margins and puts the words of a page together again."""

import pytest

pytestmark = pytest.mark.browser
PARAGRAPHS = """async (words) => {
  const { paragraphsOf } = await import("/static/js/reading/paragraphs.js");
  return paragraphsOf(words).map((one) => ({
    text: words.slice(one.first, one.last + 1).map((word) => word.text).join(" "),
    kind: one.isRow ? "row" : one.isTitle ? "title" : "text",
  }));
}"""
BOX = """async ([pages, number, notes]) => {
  const { boxOf } = await import("/static/js/reading/crop.js");
  const found = boxOf(pages, pages.find((one) => one.n === number), notes);
  return found.map((side) => Math.round(side * 1000) / 1000);
}"""
STEP, HIGH, LETTER = 0.025, 0.016, 0.011
MARGINS = [0.15, 0.1, 0.75, 0.8]
WHOLE = [0, 0, 1, 1]


def line(text: str, number: float, left: float = 0.15, gap: float = 0.008) -> list[dict]:
    """The words of a line, set from its left end."""
    words, x = [], left
    for word in text.split():
        wide = LETTER * len(word)
        words.append({"text": word, "x": x, "y": 0.1 + number * STEP, "w": wide, "h": HIGH})
        x += wide + gap
    return words


def full(number: float, start: str = "dòng", left: float = 0.15) -> list[dict]:
    """A line that reaches the right margin."""
    return line(f"{start} {'chữ ' * 15}".strip(), number, left)


def paragraphs(page, address, *lines: list[dict]) -> list[tuple[str, str]]:
    page.goto(address)
    words = [word for one in lines for word in one]
    return [(one["kind"], one["text"]) for one in page.evaluate(PARAGRAPHS, words)]


def test_lines_flow_together_until_a_paragraph_ends(page, address):
    found = paragraphs(
        page,
        address,
        full(0, "Một"),
        full(1),
        line("hết đoạn.", 2),
        full(3, "Hai"),
        full(4),
        full(5, "Thụt", left=0.19),
        full(6),
        full(8, "Cách"),
        full(9, "-"),
        full(10, "1."),
    )
    starts = [text.split()[0] for _, text in found]
    assert starts == ["Một", "Hai", "Thụt", "Cách", "-", "1."]
    assert {kind for kind, _ in found} == {"text"}
    assert found[0][1].endswith("chữ hết đoạn.")


def test_titles_rows_and_page_numbers_are_told_apart(page, address):
    found = paragraphs(
        page,
        address,
        line("- 12 -", -2, left=0.45),
        line("TỜ TRÌNH", 0, left=0.4),
        full(2, "Kính"),
        full(3),
        line("Thu 120 98", 5, gap=0.15),
        line("Chi 90 77", 6, gap=0.15),
        line("13", 30, left=0.48),
    )
    assert found[0] == ("title", "TỜ TRÌNH")
    assert [kind for kind, _ in found] == ["title", "text", "row", "row"]
    assert found[2:] == [("row", "Thu 120 98"), ("row", "Chi 90 77")]


def test_a_page_without_words_has_no_paragraphs(page, address):
    assert paragraphs(page, address) == []
    assert paragraphs(page, address, line("7", 0)) == []


def sheets(count: int, **changes: list[float]) -> list[dict]:
    pages = [{"n": n, "w": 595, "h": 842, "crop": MARGINS} for n in range(1, count + 1)]
    for name, crop in changes.items():
        pages[int(name.removeprefix("page")) - 1]["crop"] = crop
    return pages


def box(page, pages: list[dict], number: int, notes: tuple = ()) -> list[float]:
    return page.evaluate(BOX, [pages, number, list(notes)])


def test_margins_are_cut_alike_on_pages_that_are_alike(page, address):
    page.goto(address)
    narrow = [0.3, 0.2, 0.4, 0.3]
    pages = sheets(8, page3=narrow, page4=[0.2, 0.1, 0.7, 0.8])
    assert box(page, pages, 1) == MARGINS
    assert box(page, pages, 3) == MARGINS, "a short page does not grow beside the others"
    even = box(page, pages, 2)
    assert even[0] == 0.15
    assert box(page, [{"n": 1, "w": 595, "h": 842}], 1) == WHOLE


def test_a_page_or_a_note_that_needs_more_is_shown_whole(page, address):
    page.goto(address)
    pages = sheets(41, page5=WHOLE)
    assert box(page, pages, 5) == WHOLE
    assert box(page, pages, 7) == MARGINS, "one page does not decide for all"
    ink = {"kind": "ink", "shape": {"lines": [[300, 5000, -100, 900]]}}
    assert box(page, pages, 7, (ink,))[0] == 0.02
    pin = {"kind": "text", "shape": {"x": 9800, "y": 9900}}
    wide = box(page, pages, 7, (pin,))
    assert [round(wide[0] + wide[2], 3), round(wide[1] + wide[3], 3)] == [1, 1]
    inside = {"kind": "highlight", "shape": {"rects": [[3000, 3000, 500, 200]]}}
    assert box(page, pages, 7, (inside,)) == MARGINS
