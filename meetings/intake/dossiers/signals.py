"""What on a page speaks for a new paper, and what for the page before going on."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from meetings.intake.dossiers.marks import has_mark
from meetings.intake.dossiers.nearness import bare, find, grams, letters
from meetings.intake.dossiers.pages import DossierPage
from meetings.intake.dossiers.titles import Title
from meetings.intake.fold import is_capital
from meetings.intake.header.lines import Line

TOP, BOTTOM, CORNER, HEAD, END = 0.12, 0.9, 0.84, 0.3, 0.45
OTHER_SIZE, ASIDE = 0.07, 0.15
FULL, SENTENCE = 0.5, 20  # of the page; letters
HEADINGS = (
    "cong hoa xa hoi chu nghia viet nam",
    "dang cong san viet nam",
    "doc lap tu do hanh phuc",
)
SIGNED = ("noi nhan", "nguoi khai", "nguoi lam don", "nguoi viet", "ky ghi ro ho ten", "bi thu",
          "chu tich", "thu truong", "xac nhan cua", "nguoi tu kiem diem", "giam doc")  # fmt: skip
INSIDE = ("lich su ban than", "hoan canh gia dinh", "tu nhan xet", "nhan xet cua chi uy",
          "nguoi tu kiem diem", "nhan xet danh gia", "qua trinh hoat dong")  # fmt: skip
"""What stands within a paper and never begins one."""
OPENS = ("kinh gui", "ho va ten", "ten toi la", "toi la", "dong chi")
_NUMBER = re.compile(r"\W{0,3}(?:trang|tr\.?)?\W{0,3}(?P<number>\d{1,3})(?: ?/ ?\d{1,3})?\W{0,3}")
_ITEM = re.compile(r"\W{0,2}(?P<number>\d{1,2})[.)\-]\s?\D")
_SYMBOL = re.compile(r"\W{0,3}s[o0]\s?[:;.]?.{0,12}[-/]\s?[a-z]{2}")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A page with what was found on it once."""

    page: DossierPage
    title: Title | None
    number: int | None = None
    """The number that the paper gives this page, as far as it gives one."""


def printed_number(page: DossierPage, *, corners: bool) -> int | None:
    """Return the number that stands alone above or below the text, in a corner if so wished."""
    lines = page.lines
    for line in (*lines[:3], *lines[-3:]):
        found = _NUMBER.fullmatch(line.folded)
        is_margin = line.box.y < TOP or line.box.y > BOTTOM
        if found and is_margin and (corners or line.box.x < CORNER):
            return int(found["number"])
    return None


def is_headed(page: DossierPage) -> bool:
    """Tell whether the State's or the Party's name heads a page."""
    text = "".join(letters(line.text) for line in page.lines if line.box.y < HEAD)
    within = grams(text)
    return any(find(bare(heading), text, within) for heading in HEADINGS)


def is_signed(page: DossierPage) -> bool:
    """Tell whether somebody signs in the lower part of a page."""
    text = "".join(letters(line.text) for line in page.lines if line.box.y > END)
    within = grams(text)
    return any(find(bare(word), text, within) for word in SIGNED)


def _first(page: DossierPage) -> Line | None:
    words = (line for line in page.lines if not _NUMBER.fullmatch(line.folded))
    return next(words, None)


def _breaks_off(page: DossierPage) -> bool:
    """Tell whether the last full line of a page ends in the middle of a sentence."""
    lines = [line for line in page.lines if not _NUMBER.fullmatch(line.folded)]
    return bool(lines) and lines[-1].text[-1:].isalpha() and lines[-1].box.w > FULL


def _goes_on_small(seen: Seen, _before: Seen) -> bool:
    first = _first(seen.page)
    return first is not None and first.text[:1].islower() and len(first.text) > SENTENCE


def _is_other_size(seen: Seen, before: Seen) -> bool:
    sizes = ((seen.page.width, before.page.width), (seen.page.height, before.page.height))
    return any(abs(one - other) > OTHER_SIZE * max(one, other, 1) for one, other in sizes)


def _items(page: DossierPage) -> list[int]:
    return [int(found["number"]) for line in page.lines if (found := _ITEM.match(line.folded))]


def _counts_on(seen: Seen, before: Seen) -> bool:
    """Tell whether the items of a page go on counting where those before stopped."""
    here, there = _items(seen.page), _items(before.page)
    return bool(here and there) and 1 < here[0] == there[-1] + 1


def _is_inside(seen: Seen, _before: Seen) -> bool:
    """Tell whether a page soon comes to what only stands within a paper."""
    return any(_begins(line, INSIDE) for line in seen.page.lines if line.box.y < HEAD)


def _is_captioned(seen: Seen, _before: Seen) -> bool:
    """Tell whether a page begins with a line of capitals in its middle."""
    first = _first(seen.page)
    return (
        first is not None
        and is_capital(first.text)
        and " " in first.text
        and abs(first.middle - 0.5) < ASIDE
    )


def _opens(seen: Seen, _before: Seen) -> bool:
    """Tell whether a page soon says to whom it goes or who writes it."""
    return any(_begins(line, OPENS) for line in seen.page.lines[:6] if line.box.y < HEAD)


def _begins(line: Line, phrases: Sequence[str]) -> bool:
    text = letters(line.text)
    heads = ((bare(phrase), text[: len(bare(phrase)) + 1]) for phrase in phrases)
    return any(find(phrase, head, grams(head)) for phrase, head in heads)


def _numbers_on(seen: Seen, before: Seen) -> bool:
    return seen.number is not None and seen.number - 1 in {before.number, 1}


SIGNALS: Mapping[str, tuple[float, Callable[[Seen, Seen], bool]]] = MappingProxyType(
    {
        "title": (3.0, lambda seen, _: seen.title is not None and seen.title.kind is not None),
        "some title": (1.5, lambda seen, _: seen.title is not None and seen.title.kind is None),
        "heading": (3.2, lambda seen, _: is_headed(seen.page)),
        "mark": (1.5, lambda seen, _: has_mark(seen.page)),
        "symbol": (1.0, lambda seen, _: any(
            _SYMBOL.match(line.folded) for line in seen.page.lines if line.box.y < HEAD
        )),
        "first": (1.0, lambda seen, _: seen.number == 1),
        "later": (-2.5, lambda seen, _: (seen.number or 0) > 1),
        "numbers on": (-1.5, _numbers_on),
        "counts on": (-2.0, _counts_on),
        "inside": (-2.0, _is_inside),
        "opens": (1.4, _opens),
        "caption": (0.6, _is_captioned),
        "small letter": (-1.0, _goes_on_small),
        "broken off": (-1.0, lambda _, before: _breaks_off(before.page)),
        "signed before": (0.7, lambda _, before: is_signed(before.page)),
        "other size": (1.0, _is_other_size),
    }
)  # fmt: skip
"""Each signal with its weight: positive for a new paper, negative for the one before."""

NEW_PAPER = 1.9
"""From which sum on a page begins a paper."""


def weigh(seen: Seen, before: Seen) -> float:
    """Return by how much more speaks for a new paper than is asked for."""
    return sum(weight for weight, holds in SIGNALS.values() if holds(seen, before)) - NEW_PAPER
