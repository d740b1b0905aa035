"""Propose where a scanned dossier is to be cut, and which kind of paper each piece is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from meetings.intake.dossiers.dates import dated
from meetings.intake.dossiers.pages import DossierPage
from meetings.intake.dossiers.signals import Seen, printed_number, weigh
from meetings.intake.dossiers.titles import Title, title_of

MEMBER_FORM, OLD_FORM = 3, 85
REVIEW_BELOW = 0.5  # what is less sure than this is not said
FOLIOS = 3  # pages with a title and a number above 1, which then is the archive's and not theirs

CLEAR, DOUBTFUL = 9.0, 0.3
CERTAINTY = ((1.4, 1.0), (0.7, 0.93), (0.4, 0.8), (0.0, 0.7))
"""How sure a cut is, or that there is none, from which margin on."""
BY_MARK, OLDER = 0.8, 0.85
PER_SLIP = 0.05
CLOSE = 6


class Reason(StrEnum):
    """Why a proposal is what it is; each has a sentence on the screen."""

    TITLED = "titled"
    MISREAD = "misread"
    FROM_TEXT = "from-text"
    FORM_MARK = "form-mark"
    OLDER_FORM = "older-form"
    SEVERAL_FORMS = "several-forms"
    ALIKE = "alike"
    OUTSIDE = "outside"
    UNTITLED = "untitled"
    UNREADABLE = "unreadable"
    BLANK = "blank"


@dataclass(frozen=True)
class Proposal:
    """A piece of the dossier, its first and last page; no kind means that a person must look."""

    first: int
    last: int
    kind: int | None
    confidence: float
    dated: dt.date | None
    reason: Reason


def propose(pages: Sequence[DossierPage]) -> tuple[Proposal, ...]:
    """Return the pieces in order; every page is in exactly one."""
    seen = _seen(pages)
    margins = _margins(seen)
    starts = [at for at, margin in enumerate(margins) if margin > 0]
    ends = [*starts[1:], len(seen)][: len(starts)]
    pieces = [
        _proposal(seen[first:end], [*margins[first:end], *margins[end : end + 1]])
        for first, end in zip(starts, ends, strict=True)
    ]
    return tuple(_with_old_forms(pieces))


def _seen(pages: Sequence[DossierPage]) -> list[Seen]:
    titles = [title_of(page) if page.lines and not page.blank else None for page in pages]
    numbers = [printed_number(page, corners=True) or 0 for page in pages]
    titled = zip(titles, numbers, strict=True)
    foliated = sum(title is not None and number > 1 for title, number in titled) >= FOLIOS
    return [
        Seen(page=page, title=title, number=printed_number(page, corners=not foliated))
        for page, title in zip(pages, titles, strict=True)
    ]


def _margins(seen: Sequence[Seen]) -> list[float]:
    """Return for each page how clearly it begins a paper, below 0 how clearly it goes on."""
    margins: list[float] = []
    before: Seen | None = None
    for one in seen:
        if before is None:
            margins.append(CLEAR if not margins or one.page.lines else -CLEAR)
        elif one.page.blank:
            margins.append(-CLEAR)
        elif not one.page.lines:
            margins.append(DOUBTFUL)
        else:
            margins.append(weigh(one, before))
        if one.page.lines and not one.page.blank:
            before = one
    return _with_unreadable(seen, margins)


def _with_unreadable(seen: Sequence[Seen], margins: list[float]) -> list[float]:
    """Return the margins; a page of which nothing is read goes on if the next readable one does."""
    settled = list(margins)
    for at in range(1, len(seen)):
        if not seen[at].page.lines and not seen[at].page.blank:
            after = next((i for i in range(at + 1, len(seen)) if seen[i].page.lines), None)
            goes_on = after is not None and margins[after] < 0
            settled[at] = -DOUBTFUL if goes_on else DOUBTFUL
    return settled


def _proposal(piece: Sequence[Seen], margins: Sequence[float]) -> Proposal:
    """Return a piece with its kind; the last margin is that of the piece after it."""
    first, last = piece[0].page.number, piece[-1].page.number
    kind, told, reason = _kind(piece[0])
    certainty = min((_certainty(abs(margin)) for margin in margins), default=1.0)
    confidence = round(told * certainty, 2)
    day = dated([one.page for one in piece])
    if kind is None or confidence < REVIEW_BELOW:
        return Proposal(first, last, None, confidence, day, reason)
    return Proposal(first, last, kind, confidence, day, reason)


def _certainty(margin: float) -> float:
    return next(sure for least, sure in CERTAINTY if margin >= least)


def _kind(seen: Seen) -> tuple[int | None, float, Reason]:
    """Return the kind of a paper by its first page, how sure that is, and why."""
    title = seen.title
    if seen.page.blank:
        return None, 1.0, Reason.BLANK
    if title is None:
        return None, 0.0, Reason.UNTITLED if seen.page.lines else Reason.UNREADABLE
    if title.kind is None:
        return None, 0.0, Reason.ALIKE
    if title.kind == 0:
        return None, 0.0, Reason.OUTSIDE
    return title.kind, _trust(title), _why(title)


def _trust(title: Title) -> float:
    """Return how far a title is trusted."""
    if title.marked and not title.plain:
        return BY_MARK
    trust = 0.98 - PER_SLIP * title.slips
    trust -= (
        0.1 * (title.ahead < CLOSE)
        + 0.15 * title.issuer_unknown
        + 0.1 * title.contradicted
        + 0.1 * title.deep
    )
    return max(0.0, min(0.99, trust + 0.03 * title.marked))


def _why(title: Title) -> Reason:
    if title.marked and not title.plain:
        return Reason.FORM_MARK
    if title.deep:
        return Reason.FROM_TEXT
    return Reason.MISREAD if title.slips else Reason.TITLED


def _with_old_forms(pieces: Sequence[Proposal]) -> list[Proposal]:
    """Return the pieces with all member forms but the newest told as old ones."""
    days = [piece.dated for piece in pieces if piece.kind == MEMBER_FORM]
    if len(days) <= 1:
        return list(pieces)
    newest = max((day for day in days if day), default=None)
    is_told = None not in days and days.count(newest) == 1
    return [_form(piece, newest, is_told=is_told) for piece in pieces]


def _form(piece: Proposal, newest: dt.date | None, *, is_told: bool) -> Proposal:
    if piece.kind != MEMBER_FORM or (is_told and piece.dated == newest):
        return piece
    if piece.dated and newest and piece.dated < newest:
        sure = min(piece.confidence, OLDER)
        return replace(piece, kind=OLD_FORM, confidence=sure, reason=Reason.OLDER_FORM)
    return replace(piece, kind=None, confidence=0.0, reason=Reason.SEVERAL_FORMS)
