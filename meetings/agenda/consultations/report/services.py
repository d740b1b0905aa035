"""The answers to a form are set as a report: a table, what was written, who answered."""

from collections.abc import Sequence

from meetings import clock
from meetings.agenda.consultations.queries import Count, Line
from meetings.agenda.letters.queries import Words
from meetings.agenda.letters.services import LAYOUTS, ROOM_FOR_A_NUMBER
from meetings.models import (
    BodyKind,
    Consultation,
    ConsultationReply,
    CountingBase,
    Meeting,
    Silence,
    Stance,
)
from meetings.press.document import Appendix, Block, Document, Paragraph, Signature, Table

ANSWERS = {
    Stance.AGREE: "Tán thành",
    Stance.DISAGREE: "Không tán thành",
    Stance.OTHER: "Ý kiến khác",
}
BASES = {
    CountingBase.ASKED: "tổng số người được xin ý kiến",
    CountingBase.RECEIVED: "số phiếu nhận được",
}
SILENCES = {
    Silence.UNCOUNTED: "không tính vào kết quả",
    Silence.AGREEMENT: "được tính là tán thành",
}
SEAL_SHOWN = 16


def compose(
    words: Words,
    meeting: Meeting,
    form: Consultation,
    counts: Sequence[Count],
    lines: Sequence[Line],
) -> Document:
    """Return the report without number and day, which the registry gives."""
    state = meeting.body.kind is BodyKind.STATE_BODY
    symbol = words.symbol.replace("GM/", "BC/", 1)
    return Document(
        regime=LAYOUTS[state],
        superior=words.superior,
        issuer=words.issuer,
        symbol=f"{ROOM_FOR_A_NUMBER}{'/' if state else '-'}{symbol}",
        place=words.place or "…",
        doc_type="BÁO CÁO",
        abstract=f"tổng hợp kết quả xin ý kiến {meeting.title}",
        issued_by=meeting.body.name,
        body=tuple(_body(form, counts, lines)),
        signature=Signature(words.signer_name, words.signer_title, words.capacity),
        appendices=(*_remarks(counts), _forms(lines)),
    )


def percent(share: float) -> str:
    """Return a share as people here write it."""
    return f"{share:.1f}".replace(".", ",") + "%"


def _body(form: Consultation, counts: Sequence[Count], lines: Sequence[Line]) -> list[Block]:
    received = [line.reply for line in lines if line.reply]
    copied = sum(reply.received_on is not None for reply in received)
    asked = f"{len(lines)} người; số phiếu nhận được: {len(received)}"
    return [
        Paragraph(f"{_moment(form)}.", lead="Thời hạn trả lời:"),
        Paragraph(f"{form.follower.display_name}.", lead="Cán bộ theo dõi:"),
        Paragraph(f"{asked}, trong đó {copied} phiếu giấy.", lead="Số người được xin ý kiến:"),
        Paragraph(
            f"tỷ lệ tính trên {BASES[form.counted_of]}; người không trả lời khi hết hạn "
            f"{SILENCES[form.silence]}.",
            lead="Cách tính:",
        ),
        _table(counts),
    ]


def _moment(form: Consultation) -> str:
    due = clock.local(form.due_at)
    return f"{due.hour} giờ {due.minute:02d}, ngày {due:%d/%m/%Y}"


def _table(counts: Sequence[Count]) -> Table:
    header = ("STT", "Nội dung xin ý kiến", *ANSWERS.values(), "Chưa trả lời", "Tỷ lệ tán thành")
    rows = tuple(
        (
            str(number),
            count.question.text,
            *(str(count.stances.get(stance, 0)) for stance in ANSWERS),
            str(count.silent),
            f"{count.agreeing}/{count.base} ({percent(count.share)})",
        )
        for number, count in enumerate(counts, 1)
    )
    return Table(header, rows, (1, 6, 2, 2, 2, 2, 3), numeric=frozenset({0, 2, 3, 4, 5, 6}))


def _remarks(counts: Sequence[Count]) -> tuple[Appendix, ...]:
    blocks: list[Block] = []
    header = ("STT", "Họ và tên, chức vụ", "Trả lời", "Ý kiến")
    for number, count in enumerate(counts, 1):
        rows = tuple(
            (str(n), ", ".join(filter(None, (one.name, one.posts))), ANSWERS[one.stance], one.text)
            for n, one in enumerate(count.remarks, 1)
        )
        if rows:
            blocks.append(Paragraph(count.question.text, lead=f"Câu {number}."))
            blocks.append(Table(header, rows, (1, 4, 2, 6), numeric=frozenset({0})))
    return (Appendix("Các ý kiến cụ thể", tuple(blocks)),) if blocks else ()


def _forms(lines: Sequence[Line]) -> Appendix:
    header = ("STT", "Họ và tên", "Phiếu", "Mã niêm phong")
    rows = tuple(
        (
            str(n),
            line.person.display_name,
            _way(line.reply),
            line.reply.digest[:SEAL_SHOWN] if line.reply else "",
        )
        for n, line in enumerate(lines, 1)
    )
    table = Table(header, rows, (1, 4, 5, 4), numeric=frozenset({0}))
    return Appendix("Danh sách phiếu", (table,))


def _way(reply: ConsultationReply | None) -> str:
    if reply is None:
        return "Chưa trả lời"
    if reply.received_on:
        return f"Phiếu giấy, nhận ngày {reply.received_on:%d/%m/%Y}"
    return f"Trên hệ thống, {clock.local(reply.answered_at):%H:%M ngày %d/%m/%Y}"
