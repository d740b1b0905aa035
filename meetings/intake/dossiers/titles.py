"""Read off a page how it calls itself, and which kind of paper that is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from meetings.intake.dossiers.issuers import OPPOSED, issuers_of, signers_of
from meetings.intake.dossiers.marks import mark_of
from meetings.intake.dossiers.nearness import bare, find, forgiven, grams, letters
from meetings.intake.dossiers.pages import DossierPage
from meetings.intake.dossiers.rules import (
    DECISION,
    LETTER,
    OUTSIDE,
    RULES,
    SERIES,
    Issuer,
    Rule,
)
from meetings.intake.dossiers.zones import Zone, joined
from meetings.intake.fold import is_capital
from meetings.intake.header.lines import Line

LOWEST, SPARSE = 0.62, 18  # a title stands above this unless the page has few lines, like a cover
MOST_LINES, SUBJECT_LINES, DEEP_LINES = 60, 6, 14
UPPER = 0.45  # of a page, in which a symbol stands
BESIDE = 2  # letters that debris may put before the title in its line
SPOILT = 2  # slips that count for a title known by its symbol only
LEAST = 4  # letters of a line that may be a title
SHORT, ASIDE = 9, 0.17  # words of a line that is a title without capitals; off the middle
NO_TITLES = ("chunghia", "congsan", "xahoichu", "doclaptudo")
LONG = 12  # letters of a title without capitals for which a slip is forgiven
WHOLE_ENOUGH = 8  # letters of a title that has lost a word
_BODY = re.compile(
    r"\W{0,4}(?:can cu|kinh gui|dieu 1|xet |theo de nghi|[1i][.)] |ho va ten|ho ten|toi la|ten toi"
    r"|hom nay|sau khi|thuc hien|quyet dinh ?:|tom tat|chuc vu)"
)
_LISTED = re.compile(r"\W{0,2}\d{1,3}\s?[.)]|\W{0,2}[-+]\s")
_SYMBOL = re.compile(r"\W{0,3}s[o0t]\s?[:;.]?\s?[^a-z]{0,12}[-/]\s?(?P<series>[a-z]{2})\b")
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
    contradicted: bool = False
    """Whether the text has words that speak of another kind."""


@dataclass(frozen=True)
class _Fit:
    said: int
    slips: int
    rule: Rule
    deep: bool

    @property
    def weight(self) -> int:
        """Return how many letters were found, of which a slip takes some back."""
        return self.said - 3 * self.slips


def _by_title() -> Mapping[str, Sequence[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in RULES:
        for phrase in rule.title.split("|"):
            found.setdefault(phrase, []).append(rule)
    for group in OUTSIDE:
        for phrase in group.split("|"):
            found.setdefault(phrase, []).append(Rule(0, phrase))
    return MappingProxyType(found)


def _with_words_lost() -> Iterator[tuple[str, str]]:
    """Yield titles that need more words beside them, each as it is when one word is lost."""
    for phrase, rules in _TITLES.items():
        words = phrase.split()
        for lost in range(len(words) if all(rule.needs for rule in rules) else 0):
            shorter = " ".join(words[:lost] + words[lost + 1 :])
            if len(bare(shorter)) >= WHOLE_ENOUGH and shorter not in _TITLES:
                yield phrase, shorter


_TITLES = _by_title()
_SHORTENED = tuple(_with_words_lost())


def title_of(page: DossierPage) -> Title | None:
    """Return what a page calls itself, None where it bears no title."""
    lines = page.rows[:MOST_LINES]
    marked = mark_of(page)
    if marked == 0:
        return Title(kind=0, row=0, marked=True)
    unsure: Title | None = None
    for at, line in enumerate(lines):
        if line.box.y > LOWEST and len(lines) > SPARSE:
            break
        phrases = list(_titles_in(line, lines[at + 1] if at + 1 < len(lines) else None))
        is_later = unsure is not None and not is_capital(line.text)
        if not phrases or is_later or _is_operative(lines, at):
            continue
        title = _best(page, at, phrases, marked)
        if title.kind is not None:
            return title
        unsure = unsure or title
    if marked is not None:
        return Title(kind=marked, row=0, marked=True, ahead=LEAST)
    return _by_symbol(page) or unsure


def _by_symbol(page: DossierPage) -> Title | None:
    """Return the kind of a paper whose title cannot be read, by its symbol and its subject."""
    lines = page.rows[:MOST_LINES]
    for at, line in enumerate(lines):
        symbol = _SYMBOL.match(line.folded) if line.box.y < UPPER else None
        series = SERIES.get(symbol["series"]) if symbol else None
        below = next((i for i in range(at, len(lines)) if lines[i].row > line.row), None)
        if series and below is not None:
            title = _best(page, below, [(series, SPOILT)], None)
            return replace(title, plain=False) if title.kind else None
    return None


def _titles_in(line: Line, after: Line | None) -> Iterator[tuple[str, int]]:
    """Yield the titles with which a line begins, and the next goes on, with their slips."""
    text = letters(line.text)
    capital = is_capital(line.text)
    alone = len(line.text.split()) <= SHORT and abs(line.middle - 0.5) < ASIDE
    if len(text) < LEAST or _LISTED.match(line.folded):
        return
    if not (capital or alone or text.startswith(bare(LETTER))):
        return
    if after is not None and capital == is_capital(after.text):
        text += letters(after.text)
    if any(part in text for part in NO_TITLES):
        return
    parts = grams(text)
    whole = [(phrase, slips) for phrase in _TITLES if (slips := _slips(phrase, text, parts)) >= 0]
    if whole or not capital:
        yield from (one for one in whole if capital or one[1] <= len(one[0]) // LONG)
        return
    for phrase, shorter in _SHORTENED:
        if (slips := _slips(shorter, text, parts)) >= 0:
            yield phrase, slips + SPOILT


def _slips(phrase: str, text: str, parts: frozenset[str]) -> int:
    """Return with how many slips a text begins with a phrase, -1 where it does not."""
    wanted = bare(phrase)
    hit = find(wanted, text[: len(wanted) + BESIDE + forgiven(wanted)], parts)
    return hit.slips if hit else -1


def _is_operative(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line only opens the articles of a decision."""
    after = lines[at + 1] if at + 1 < len(lines) else None
    return after is not None and _OPERATIVE.match(after.folded) is not None


def _best(
    page: DossierPage, at: int, phrases: Sequence[tuple[str, int]], marked: int | None
) -> Title:
    """Return the kind whose words stand in the title, else in the text below it."""
    lines = page.rows[:MOST_LINES]
    rules = [
        (rule, len(bare(phrase)), slips) for phrase, slips in phrases for rule in _TITLES[phrase]
    ]
    head = [line for line in page.lines if line.row < lines[at].row]
    issuers, title = issuers_of(head), _subject(lines, at)
    if not issuers & OPPOSED[0]:
        issuers |= signers_of(lines[at:])
    for zone, deep in _zones(lines, at, letter=any(phrase == LETTER for phrase, _ in phrases)):
        found = [
            _Fit(said + score[0], slips + score[1], rule, deep)
            for rule, said, slips in rules
            if (rule.deep or not deep or rule.title == DECISION)
            and (score := _fits(rule, zone, issuers))
            and not (deep and rule.lacks and title.slips(rule.lacks))
        ]
        if found:
            chosen = _chosen(found, lines[at].row, marked, issuers)
            below = Zone(joined(lines[at:]), strict=True)
            lacks = {rule.lacks for rule, *_ in rules if rule.kind == chosen.kind and rule.lacks}
            return replace(chosen, contradicted=any(map(below.slips, lacks)))
    return Title(kind=None, row=lines[at].row, plain=True, slips=phrases[0][1])


def _zones(lines: Sequence[Line], at: int, *, letter: bool) -> Iterator[tuple[Zone, bool]]:
    """Yield where the words of a kind are looked for, and whether that is in the text."""
    if letter:
        yield Zone(joined([*lines[:at], *lines[at : at + SUBJECT_LINES]])), False
        return
    yield _subject(lines, at), False
    articles = (row for row, line in enumerate(lines) if _OPERATIVE.match(line.folded))
    article = next(articles, None)
    below = lines[at : at + DEEP_LINES] if article is None else lines[article : article + 2]
    yield Zone(joined(below), strict=True), True


def _chosen(
    found: Sequence[_Fit], row: int, marked: int | None, issuers: frozenset[Issuer]
) -> Title:
    ranked = sorted(found, key=lambda fit: -fit.weight)
    best = ranked[0]
    others = [fit for fit in ranked if fit.rule.kind != best.rule.kind]
    ahead = best.weight - others[0].weight if others else best.weight
    return Title(
        kind=best.rule.kind if ahead > 0 else None,
        row=row,
        slips=best.slips,
        said=best.said,
        ahead=ahead,
        plain=True,
        deep=best.deep,
        marked=marked is not None and marked == best.rule.kind,
        issuer_unknown=best.rule.issuer is not Issuer.ANY and best.rule.issuer not in issuers,
    )


def _fits(rule: Rule, zone: Zone, issuers: frozenset[Issuer]) -> tuple[int, int] | None:
    """Return how many letters a rule finds of what it needs and with how many slips."""
    if any(rule.issuer in pair and pair - {rule.issuer} & issuers for pair in OPPOSED):
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


def _subject(lines: Sequence[Line], at: int) -> Zone:
    """Return the title with the lines that belong to it."""
    taken = [lines[at]]
    for line in lines[at + 1 : at + 1 + SUBJECT_LINES]:
        is_body = _BODY.match(line.folded) and not line.text[:1].islower()
        if is_body or _LISTED.match(line.folded) or ":" in line.text:
            break
        taken.append(line)
    return Zone(joined(taken))
