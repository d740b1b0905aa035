"""From the parts of a document to an editable text document, in the arrangement of its regime."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from meetings.press.dates import in_words
from meetings.press.document import (
    Appendix,
    Block,
    Document,
    Heading,
    Paragraph,
    Point,
    Regime,
    Signature,
    Table,
)
from meetings.press.layouts import punctuated
from meetings.press.tables import KINDS, WORD, clean, packed

BODY, SMALL, TITLE = 28, 24, 32
"""Sizes in half points."""
MARGINS = '<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"/>'
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
NATION = {
    Regime.PARTY_2018: PARTY,
    Regime.PARTY_2026: PARTY,
    Regime.STATE_2020: STATE,
}
SECTION = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{MARGINS}</w:sectPr>'
FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def docx(document: Document) -> bytes:
    """Return a document as an office program opens and changes it."""
    body = "".join(_parts(document))
    whole = f'<w:document xmlns:w="{WORD}"><w:body>{body}{SECTION}</w:body></w:document>'
    types = {"word/document.xml": f"{KINDS}.wordprocessingml.document.main+xml"}
    return packed({"word/document.xml": whole}, types, {}, main="word/document.xml")


def _parts(document: Document) -> Iterator[str]:
    yield _masthead(document)
    for line, size in ((document.doc_type, TITLE), (document.abstract, BODY)):
        if line:
            yield _line(_run(line, bold=True, size=size), place="center", before=240)
    if document.addressees:
        yield _line(_run(f"{document.addressee_label}:", size=BODY), place="center", before=240)
        many = punctuated(document.addressees, last=".")
        yield from (_line(_run(f"- {one}"), place="center") for one in many)
    for block in document.body:
        yield _block(block)
    yield _closing(document)
    for appendix in document.appendices:
        yield from _appendix(document, appendix)


def _masthead(document: Document) -> str:
    issuer = [_line(_run(line), place="center") for line in document.superior.splitlines()]
    issuer += [
        _line(_run(line, bold=True), place="center") for line in document.issuer.splitlines()
    ]
    issuer.append(_line(_run("*"), place="center"))
    issuer.append(_line(_run(f"Số {document.symbol}"), place="center"))
    day = f"{document.place}, {in_words(document.issued_on)}"
    nation = [
        _line(_run(line, bold=True), place="center")
        for line in NATION[document.regime].splitlines()
    ]
    nation.append(_line(_run(day, italic=True), place="center", before=120))
    return _columns("".join(issuer), "".join(nation))


def _closing(document: Document) -> str:
    left = []
    if document.recipients:
        left.append(_line(_run("Nơi nhận:", size=SMALL)))
        many = punctuated(document.recipients, last=";" if document.file_note else ".")
        left += [_line(_run(f"- {one}", size=SMALL)) for one in many]
    if document.file_note:
        left.append(_line(_run(f"- {document.file_note}", size=SMALL)))
    return _line("") + _columns("".join(left) or _line(""), _signature(document.signature))


def _signature(hand: Signature) -> str:
    lines = [_run(hand.capacity, bold=True), _run(hand.title, bold=not hand.capacity)]
    lines += ["", "", "", _run(hand.name, bold=True)]
    return "".join(_line(line, place="center") for line in lines)


def _appendix(document: Document, appendix: Appendix) -> Iterator[str]:
    yield BREAK
    yield _line(_run("Phụ lục", bold=True), place="center")
    yield _line(_run(appendix.title, bold=True), place="center")
    note = f"(kèm theo {document.doc_type.capitalize()} số {document.symbol})"
    yield _line(_run(note, italic=True), place="center")
    for block in appendix.blocks:
        yield _block(block)


def _heading(block: Heading) -> str:
    return _line(_run(" ".join(filter(None, (block.text, block.name))), bold=True), before=120)


def _paragraph(block: Paragraph) -> str:
    lead = _run(f"{block.lead} ", bold=True) if block.lead else ""
    return _line(lead + _run(block.text), place="both", first=567, before=120)


def _point(block: Point) -> str:
    return _line(_run(f"{block.mark} {block.text}"), place="both", first=567, before=120)


def _table(block: Table) -> str:
    head = "".join(_cell(_line(_run(cell, bold=True), place="center")) for cell in block.header)
    rows = "".join(
        f"<w:tr>{''.join(_cell(_line(_run(cell))) for cell in row)}</w:tr>" for row in block.rows
    )
    share = 9355 // sum(block.widths)
    grid = "".join(f'<w:gridCol w:w="{width * share}"/>' for width in block.widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{BORDERS}</w:tblBorders>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>{head}</w:tr>{rows}</w:tbl>{_line('')}"
    )


BLOCKS: Mapping[type, Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Point: _point,
    Table: _table,
}


def _block(block: Block) -> str:
    return BLOCKS[type(block)](block)


def _columns(left: str, right: str) -> str:
    """Return two halves of the line beside each other, without borders."""
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid>'
        '<w:gridCol w:w="4200"/><w:gridCol w:w="5155"/></w:tblGrid>'
        f"<w:tr>{_cell(left)}{_cell(right)}</w:tr></w:tbl>"
    )


def _cell(content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{content}</w:tc>'


def _line(runs: str, *, place: str = "left", first: int = 0, before: int = 0) -> str:
    return (
        f'<w:p><w:pPr><w:spacing w:before="{before}" w:after="0"/>'
        f'<w:ind w:firstLine="{first}"/><w:jc w:val="{place}"/></w:pPr>{runs}</w:p>'
    )


def _run(text: str, *, bold: bool = False, italic: bool = False, size: int = BODY) -> str:
    looks = "<w:b/>" * bold + "<w:i/>" * italic
    said = escape(clean(text))
    return (
        f'<w:r><w:rPr>{FONT}{looks}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{said}</w:t></w:r>'
    )
