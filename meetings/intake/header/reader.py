"""Read the header of a document."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from meetings.intake.fold import fold
from meetings.intake.header.columns import Columns, divide
from meetings.intake.header.head import (
    Dated,
    circulation_of,
    find_broken_date,
    find_date,
    find_label,
    find_number,
    find_organs,
    secrecy_of,
    urgency_of,
)
from meetings.intake.header.header import ABSENT, Field, Header
from meetings.intake.header.issuer import issuer_in_text, name_issuer, with_territory
from meetings.intake.header.kinds import LETTER, kinds_of_symbol
from meetings.intake.header.lines import Line, lines_of, union
from meetings.intake.header.names import completed, has_surname, name_in
from meetings.intake.header.number import has_colon, is_apart
from meetings.intake.header.organs import is_organ, spell, territory_of
from meetings.intake.header.regime import regime_of
from meetings.intake.header.signature import read_signature
from meetings.intake.header.title import (
    Title,
    bare_subject,
    letter_subject,
    read_title,
)
from meetings.intake.page_text import PageText

SCANNED = 0.88
"""The most that a reading from a picture is trusted without a second one."""

MOST_PAGES = 60
"""The pages in which a signature is looked for, beside the last two."""

BY_HAND = 0.6
"""The trust in what seems to be filled in by hand."""

_UPPER, _FOOT = 0.5, 0.7
_ADDRESSEE = re.compile(r"\W{0,3}kinh (?:gui|trinh)\s?:?\s{0,3}")
_PUBLISHED = re.compile(
    r"cong bo theo quyet dinh .{3,40} ngay (\d{1,2})\s{1,3}thang (\d{1,2}) nam (\d{4})"
)


def read_header(pages: Sequence[PageText]) -> Header:
    """Return what the document says of itself; what it does not say is absent."""
    read = [*pages[:MOST_PAGES], *pages[max(MOST_PAGES, len(pages) - 2) :]]
    laid_out = [lines_of(page) for page in read]
    if not laid_out or not laid_out[0]:
        return Header(**_signed(laid_out, pages)) if laid_out else Header()
    columns = divide(laid_out[0])
    title = read_title(columns)
    body = "\n".join(page.text for page in pages[:4])
    fields = {
        **_dated(columns, title),
        **_named(columns, title),
        **_issued(columns, title, laid_out, body),
        **_marked(laid_out),
        **_signed(laid_out, pages),
    }
    if _is_draft(columns, fields):
        fields["signer"] = replace(
            fields["signer"], confidence=min(0.8, fields["signer"].confidence)
        )
    return Header(**fields)


def _is_draft(columns: Columns, fields: Mapping[str, Field]) -> bool:
    """Tell whether number and day are blank: who is to sign is not who has signed."""
    blank = "number" not in fields or fields["number"].value is None
    return bool(columns.heading) and blank and fields.get("date", ABSENT).value is None


def _field(value: str | None, lines: Sequence[Line], trust: float, *, sure: bool = False) -> Field:
    """Return a field; one read from a picture is trusted less unless a second reading agrees."""
    if not value:
        return ABSENT
    if not lines:
        return Field(value=value, confidence=round(trust, 2))
    first = lines[0]
    same_page = [line.box for line in lines if line.page == first.page]
    if first.scanned and not sure:
        trust = min(trust * 0.95, SCANNED)
    box = union(same_page) if first.words else None
    return Field(value=value, confidence=round(trust, 2), page=first.page, box=box)


def _unread(line: Line) -> Field:
    """Return a field without a value and the spot where a person may read one."""
    return Field(page=line.page, box=line.box if line.words else None)


def _dated(columns: Columns, title: Title) -> dict[str, Field]:
    found = _date_line(columns)
    label = find_label(columns)
    date, year, fields = None, None, {}
    if found:
        place, date, year, line = found
        fields["place"] = _field(place, [line], 0.93)
        trust = 0.84 if line.scanned else 0.97
        fields["date"] = _field(date.isoformat(), [line], trust) if date else _unread(line)
    elif title.day:
        date = _valid(*title.day)
        fields["date"] = _field(date.isoformat() if date else None, title.lines, 0.85)
    elif title.kind == "Án lệ":
        fields["date"] = _published(columns.below)
    regime = regime_of(columns.heading, date, year, colon=has_colon(label))
    fields["regime"] = Field(value=regime[0], confidence=regime[1]) if regime else ABSENT
    return fields


def _date_line(columns: Columns) -> Dated | None:
    whole = find_date(columns.right) or find_date(columns.left)
    if whole and whole[2]:
        return whole
    return find_broken_date([*columns.right, *columns.left]) or whole


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _published(lines: Sequence[Line]) -> Field:
    match = _PUBLISHED.search(fold(" ".join(line.text for line in lines[:20])))
    date = _valid(int(match[3]), int(match[2]), int(match[1])) if match else None
    return _field(date.isoformat() if date else None, lines[:1], 0.8)


def _named(columns: Columns, title: Title) -> dict[str, Field]:
    numbered = find_number(columns)
    kinds = kinds_of_symbol(numbered[2]["symbol"]) if numbered else []
    fields = {"addressee": _addressee(columns.below)}
    if numbered:
        line, number, match = numbered
        agrees = not kinds or title.kind in kinds or (not title.kind and LETTER in kinds)
        by_hand = line.scanned and is_apart(match)
        trust = BY_HAND if by_hand else 0.96 if agrees else 0.8
        fields["number"] = _field(number, [line], trust) if number else _unread(line)
    elif title.number:
        fields["number"] = _field(title.number, title.lines, 0.88)
    elif label := find_label(columns):
        fields["number"] = _unread(label)
    if title.kind and title.kind_line:
        known = title.kind in kinds
        trust = 0.98 if known else 0.85
        fields["type"] = _field(title.kind, [title.kind_line], trust, sure=known)
        fields["subject"] = _field(title.subject, title.lines, 0.92)
    elif numbered:
        fields |= _letter(columns, numbered[0], kinds)
    return fields


def _letter(columns: Columns, number: Line, kinds: Sequence[str]) -> dict[str, Field]:
    lines = letter_subject(columns, number)
    subject = bare_subject(" ".join(line.text for line in lines))
    addressed = any(_ADDRESSEE.match(line.folded) for line in columns.below)
    kind = LETTER if LETTER in kinds or not kinds else kinds[0] if len(kinds) == 1 else None
    trust = 0.95 if addressed and LETTER in kinds else 0.7
    return {
        "type": _field(kind, [number], trust, sure=trust > SCANNED),
        "subject": _field(subject, lines, 0.9),
    }


def _addressee(lines: Sequence[Line]) -> Field:
    for index, line in enumerate(lines):
        match = _ADDRESSEE.match(line.folded)
        if match:
            more = [line]
            for below in lines[index + 1 :]:
                if not below.text.lstrip().startswith(("-", "–")):
                    break
                more.append(below)
            parts = [line.text[match.end() :], *(below.text for below in more[1:])]
            return _field("\n".join(part for part in parts if part.strip()), more, 0.85)
    return ABSENT


def _issued(
    columns: Columns, title: Title, pages: Sequence[Sequence[Line]], body: str
) -> dict[str, Field]:
    numbered = find_number(columns)
    label = numbered[0] if numbered else find_label(columns)
    superior, issuer = find_organs(columns, label)
    above = _field(spell(" ".join(line.text for line in superior), body), superior, 0.85)
    name = name_issuer(issuer, superior, read_signature(pages).titles, body)
    if name:
        dated = _date_line(columns)
        place = dated[0] if dated else None
        territory = territory_of(name)
        known = bool(place and territory and fold(place) in territory) or not territory
        full = with_territory(name, place)
        trust = (0.95 if known else 0.88) if is_organ(name) else 0.6
        return {"issuing_body": _field(full, issuer, trust), "superior": above}
    if title.organ:
        return {"issuing_body": _field(spell(title.organ, body), title.lines, 0.8)}
    told = issuer_in_text(columns.below[:12]) if title.kind else None
    return {"issuing_body": _field(told[0], [told[1]], 0.75) if told else ABSENT}


def _marked(pages: Sequence[Sequence[Line]]) -> dict[str, Field]:
    head = [line for line in pages[0] if line.box.y < _UPPER]
    foot = [line for line in pages[-1] if line.box.y > _FOOT]
    fields = {}
    for name, read, lines in (
        ("urgency", urgency_of, head),
        ("secrecy", secrecy_of, head),
        ("circulation", circulation_of, [*head, *foot]),
    ):
        found = [(mark, line) for line in lines if (mark := read(line))]
        fields[name] = _field(found[0][0], [found[0][1]], 0.85) if found else ABSENT
    return fields


def _signed(laid_out: Sequence[Sequence[Line]], pages: Sequence[PageText]) -> dict[str, Field]:
    found = read_signature(laid_out)
    told = "\n".join(page.text for page in pages)
    titles = ", ".join(line.text.strip() for line in found.titles)
    return {
        "signer": _signer(found.name, told, has_titles=bool(titles)),
        "signer_title": _field(titles, found.titles, 0.9),
        "recipients": _field(
            "\n".join(line.text for line in found.recipients), found.recipients, 0.85
        ),
    }


def _signer(line: Line | None, told: str, *, has_titles: bool) -> Field:
    if line is None:
        return ABSENT
    name = name_in(line.text, scanned=line.scanned) or line.text
    trust = 0.95 if has_titles and line.words else 0.75
    if line.scanned and not has_surname(name) and (whole := completed(name, told)):
        return _field(whole, [line], 0.8)
    return _field(name, [line], trust if has_surname(name) else 0.6)
