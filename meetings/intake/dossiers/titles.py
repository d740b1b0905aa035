"""Read off a page how it calls itself, and which kind of paper that is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from meetings.intake.dossiers.nearness import bare, find, forgiven, grams, letters
from meetings.intake.dossiers.pages import DossierPage
from meetings.intake.dossiers.rules import LETTER, MARKS, OUTSIDE, RULES, Issuer, Rule
from meetings.intake.fold import is_capital
from meetings.intake.header.lines import Line

LOWEST, SPARSE = 0.62, 18  # a title stands above this unless the page has few lines, like a cover
MOST_LINES, SUBJECT_LINES, DEEP_LINES = 60, 6, 40
HEAD = 0.3
BESIDE = 4  # letters before the title in its line
SHORT, ASIDE = 9, 0.17  # words of a line that is a title without capitals; off the middle
CORNER = 0.25
_BODY = re.compile(
    r"\W{0,4}(?:can cu|kinh gui|dieu 1|xet |theo de nghi|[1i][.)] |ho va ten|ho ten|toi la|ten toi"
    r"|hom nay|sau khi|thuc hien|quyet dinh ?:|tom tat|chuc vu)"
)
_MARK = re.compile(r"m[a-z]{0,3}(?P<number>\d{1,2}[a-c]?)(?P<series>h[s5]d[vyu]|hsbv|kn[dbo])")
_OPERATIVE = re.compile(r"\W{0,4}dieu ?[1il]\b")


@dataclass(frozen=True, kw_only=True)
class Title:
    """What a page calls itself; kind 0 is none of the catalogue's, None could not be told."""

    kind: int | None
    row: int
    slips: int = 0
    said: int = 0
    ahead: int = 0
    """By how many letters the kind says more than the next best."""
    plain: bool = False
    """Whether it stands in capitals, or alone in the middle."""
    deep: bool = False
    marked: bool = False
    issuer_unknown: bool = False


@dataclass(frozen=True)
class _Zone:
    text: str

    @cached_property
    def grams(self) -> frozenset[str]:
        return grams(self.text)

    def slips(self, phrases: str) -> tuple[int, int] | None:
        """Return letters said and slips of the best of these phrases here, None for none."""
        best: tuple[int, int] | None = None
        for phrase in map(bare, phrases.split("|")):
            hit = find(phrase, self.text, self.grams)
            if hit and (best is None or len(phrase) - 3 * hit.slips > best[0] - 3 * best[1]):
                best = len(phrase), hit.slips
        return best


def _by_title() -> Mapping[str, Sequence[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in RULES:
        for phrase in rule.title.split("|"):
            found.setdefault(phrase, []).append(rule)
    for group in OUTSIDE:
        for phrase in group.split("|"):
            found.setdefault(phrase, []).append(Rule(0, phrase))
    return MappingProxyType(found)


_TITLES = _by_title()


def title_of(page: DossierPage) -> Title | None:
    """Return what a page calls itself, None where it bears no title."""
    lines = page.lines[:MOST_LINES]
    marked = mark_of(page)
    unsure: Title | None = None
    for at, line in enumerate(lines):
        if line.box.y > LOWEST and len(lines) > SPARSE:
            break
        phrases = list(_titles_in(line))
        if not phrases or _is_operative(lines, at):
            continue
        title = _best(lines, at, phrases, marked)
        if title.kind is not None:
            return title
        unsure = unsure or title
    if marked is not None and unsure is None:
        return Title(kind=marked, row=0, marked=True, ahead=BESIDE)
    return unsure


def mark_of(page: DossierPage) -> int | None:
    """Return the kind that the mark of a form in the corner names."""
    for line in page.lines[:MOST_LINES]:
        found = _MARK.search(bare(line.text)) if line.box.y < CORNER else None
        if found:
            series = "knd" if found["series"].startswith("kn") else "hsdv"
            return MARKS.get(found["number"] + series)
    return None


def has_mark(page: DossierPage) -> bool:
    """Tell whether the mark of any form stands in the corner."""
    lines = page.lines[:MOST_LINES]
    return any(line.box.y < CORNER and _MARK.search(bare(line.text)) for line in lines)


def _titles_in(line: Line) -> Iterator[tuple[str, int]]:
    """Yield the titles with which a line begins, and their slips."""
    text = letters(line.text)
    capital = is_capital(line.text)
    alone = len(line.text.split()) <= SHORT and abs(line.middle - 0.5) < ASIDE
    if len(text) < BESIDE or not (capital or alone or text.startswith(bare(LETTER))):
        return
    parts = grams(text)
    for phrase in _TITLES:
        wanted = bare(phrase)
        head = text[: len(wanted) + BESIDE + forgiven(wanted)]
        if hit := find(wanted, head, parts):
            yield phrase, hit.slips


def _is_operative(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line only opens the articles of a decision."""
    if not lines[at].text.rstrip().endswith(":") and at:
        return False
    after = lines[at + 1] if at + 1 < len(lines) else None
    return (
        after is not None and _OPERATIVE.match(after.folded) is not None and not _headed(lines[:at])
    )


def _headed(lines: Sequence[Line]) -> bool:
    return any("cong san viet" in line.folded or "hoa xa hoi" in line.folded for line in lines)


def _best(
    lines: Sequence[Line], at: int, phrases: Sequence[tuple[str, int]], marked: int | None
) -> Title:
    row = lines[at].row
    shallow, deep = _subject(lines, at), _Zone(_joined(lines[at : at + DEEP_LINES]))
    issuers = issuers_of(lines[:at])
    found: list[tuple[int, int, Rule, bool, bool]] = []
    for phrase, slips in phrases:
        letter = phrase == LETTER
        zone = _Zone(_joined([*lines[:at], *lines[at : at + SUBJECT_LINES]])) if letter else shallow
        for rule in _TITLES[phrase]:
            score = _fits(rule, deep if rule.deep else zone, issuers)
            if score:
                said, more = score
                unknown = rule.issuer is not Issuer.ANY and not issuers
                found.append((said + len(bare(phrase)), slips + more, rule, rule.deep, unknown))
    if not found:
        return Title(kind=None, row=row, plain=True, slips=phrases[0][1])
    return _chosen(found, row, marked)


def _chosen(
    found: Sequence[tuple[int, int, Rule, bool, bool]], row: int, marked: int | None
) -> Title:
    ranked = sorted(found, key=lambda one: 3 * one[1] - one[0])
    said, slips, rule, deep, unknown = ranked[0]
    others = [one for one in ranked if one[2].kind != rule.kind]
    ahead = (said - 3 * slips) - (others[0][0] - 3 * others[0][1]) if others else said
    agrees = marked is not None and marked == rule.kind
    return Title(
        kind=rule.kind if ahead > 0 else None,
        row=row,
        slips=slips,
        said=said,
        ahead=ahead,
        plain=True,
        deep=deep,
        marked=agrees,
        issuer_unknown=unknown,
    )


def _fits(rule: Rule, zone: _Zone, issuers: frozenset[Issuer]) -> tuple[int, int] | None:
    """Return how many letters a rule finds of what it needs and with how many slips."""
    if issuers and rule.issuer is not Issuer.ANY and rule.issuer not in issuers:
        return None
    said = slips = 0
    for need in rule.needs:
        hit = zone.slips(need)
        if hit is None:
            return None
        said, slips = said + hit[0], slips + hit[1]
    if rule.lacks and zone.slips(rule.lacks):
        return None
    return said, slips


def issuers_of(head: Sequence[Line]) -> frozenset[Issuer]:
    """Return what the letterhead says of who issued a paper."""
    text = _joined(head)
    found = set[Issuer]()
    if find(bare(Issuer.CELL), text, grams(text)):
        found.add(Issuer.CELL)
    elif "danguy" in text or "dangbo" in text:
        found.add(Issuer.COMMITTEE)
    for heading in (Issuer.PARTY, Issuer.STATE):
        if find(bare(heading), text, grams(text)):
            found.add(heading)
    return frozenset(found)


def _subject(lines: Sequence[Line], at: int) -> _Zone:
    """Return the title with the lines that belong to it."""
    taken = [lines[at]]
    for line in lines[at + 1 : at + 1 + SUBJECT_LINES]:
        if _BODY.match(line.folded):
            break
        taken.append(line)
    return _Zone(_joined(taken))


def _joined(lines: Sequence[Line]) -> str:
    return "".join(letters(line.text) for line in lines)
