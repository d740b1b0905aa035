"""A letter of invitation is written, and set as an official document."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from meetings import clock
from meetings.agenda.letters.queries import Facts, Words, saved_letter
from meetings.models import BodyKind, InvitationLetter, Meeting
from meetings.press.dates import in_words
from meetings.press.document import (
    Appendix,
    Block,
    Document,
    Paragraph,
    Point,
    Regime,
    Signature,
    Table,
)

LAYOUTS = {True: Regime.STATE_2020, False: Regime.PARTY_2026}
ROOM_FOR_A_NUMBER = "\N{NO-BREAK SPACE}" * 8
DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def save(session: Session, meeting: Meeting, words: Words) -> InvitationLetter:
    """Keep the words of a letter, in the place of those before."""
    letter = saved_letter(session, meeting) or InvitationLetter(meeting_id=meeting.id)
    for name, text in asdict(words).items():
        setattr(letter, name, text)
    session.add(letter)
    session.flush()
    return letter


def compose(words: Words, facts: Facts) -> Document:
    """Return a letter as an official document without number and day, which the registry gives."""
    state = facts.meeting.body.kind is BodyKind.STATE_BODY
    separator = "/" if state else "-"
    return Document(
        regime=LAYOUTS[state],
        superior=words.superior,
        issuer=words.issuer,
        symbol=f"{ROOM_FOR_A_NUMBER}{separator}{words.symbol}",
        place=words.place or "…",
        doc_type="GIẤY MỜI",
        addressees=_lines(words.addressees),
        issued_by=facts.meeting.body.name,
        body=tuple(_body(words, facts)),
        recipients=_lines(words.recipients),
        file_note="Lưu Văn phòng." if words.recipients else "",
        signature=Signature(words.signer_name, words.signer_title, words.capacity),
        appendices=_list(facts),
    )


def _body(words: Words, facts: Facts) -> list[Block]:
    meeting = facts.meeting
    blocks: list[Block] = [Paragraph(text) for text in _lines(words.text)]
    blocks.append(Paragraph(f"{_hours(meeting)}.", lead="Thời gian:"))
    if meeting.place:
        blocks.append(Paragraph(f"{meeting.place}.", lead="Địa điểm:"))
    if facts.chairs:
        blocks.append(Paragraph(f"{'; '.join(facts.chairs)}.", lead="Chủ trì:"))
    if facts.items:
        blocks.append(Paragraph("", lead="Nội dung:"))
        blocks += [Point(f"{number}.", f"{title}.") for number, title in enumerate(facts.items, 1)]
    return blocks + [Paragraph(text) for text in _lines(words.note)]


def _hours(meeting: Meeting) -> str:
    """Return when a meeting is held, as a letter says it."""
    start, end = clock.local(meeting.starts_at), clock.local(meeting.ends_at)
    told = f"{_hour(start)}, {DAYS[start.weekday()]}, {in_words(start.date())}"
    if end.date() == start.date():
        return told
    return f"từ {told} đến {_hour(end)}, {DAYS[end.weekday()]}, {in_words(end.date())}"


def _hour(moment: datetime) -> str:
    return f"{moment.hour} giờ {moment.minute:02d}"


def _list(facts: Facts) -> tuple[Appendix, ...]:
    rows = tuple((str(n), guest.name, guest.posts) for n, guest in enumerate(facts.guests, 1))
    if not rows:
        return ()
    header, widths = ("STT", "Họ và tên", "Chức vụ, đơn vị"), (1, 4, 6)
    table = Table(header, rows, widths, numeric=frozenset({0}))
    return (Appendix(f"Thành phần dự {facts.meeting.title}", (table,)),)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip().rstrip(";") for line in text.splitlines() if line.strip())
