import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
MEDIA_TYPES = {
    "docx": f"{OOXML}wordprocessingml.document",
    "xlsx": f"{OOXML}spreadsheetml.sheet",
    "pptx": f"{OOXML}presentationml.presentation",
    "odt": f"{ODF}text",
    "ods": f"{ODF}spreadsheet",
    "odp": f"{ODF}presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "rtf": "application/rtf",
}
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture
def make_zip(tmp_path) -> Callable[..., Path]:
    """Return a maker of office files that are archives, of the parts given by name."""

    def make(parts: dict[str, str | bytes], name: str = "paper.docx") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        return path

    return make


@pytest.fixture
def make_docx(make_zip) -> Callable[..., Path]:
    """Return a maker of Word files with some paragraphs, each a list of font and text."""

    def run(font: str, text: str) -> str:
        fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>'
        kept = f'<w:t xml:space="preserve">{text}</w:t>'
        return f"<w:r><w:rPr>{fonts}</w:rPr>{kept}</w:r>"

    def make(*paragraphs: list[tuple[str, str]], name: str = "paper.docx", **more: str) -> Path:
        body = "".join(
            f"<w:p>{''.join(run(font, text) for font, text in paragraph)}</w:p>"
            for paragraph in paragraphs
        )
        document = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
        return make_zip(docx_parts(document) | more, name)

    return make


def docx_parts(document: str) -> dict[str, str]:
    """Return the parts of the smallest Word file."""
    packages = "http://schemas.openxmlformats.org/package/2006"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        f'ContentType="{OOXML}wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships">'
        f'<Relationship Id="r1" Type="{kind}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
    }
