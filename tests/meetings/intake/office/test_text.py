import pytest

from meetings.intake.office.text import read_text
from meetings.intake.page_text import Source
from tests.meetings.intake.office.conftest import MEDIA_TYPES, WORD

OLD = "QuyÕt ®Þnh cña Uû ban nh©n d©n"
NEW = "Quyết định của Uỷ ban nhân dân"
A = 'xmlns:a="urn:a"'
S = 'xmlns="urn:s"'
ODF_SPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "style", "text", "table")
    )
    + ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def pages(path):
    return list(read_text(path, MEDIA_TYPES[path.suffix[1:]]))


def texts(path):
    return [page.text for page in pages(path)]


def test_runs_of_word_are_repaired_each_by_its_font(make_docx):
    path = make_docx([(".VnTimeH", "quyÕt"), ("Arial", " số 5")], [("VNI-Times", "Vieät Nam")])
    (page,) = pages(path)
    assert page.text == "QUYẾT số 5\nViệt Nam"
    assert (page.number, page.source) == (1, Source.REPAIRED)


def test_good_text_stays_and_is_from_the_file_itself(make_docx):
    (page,) = pages(make_docx([("Arial", "Báo cáo công tác tháng hai")]))
    assert (page.text, page.source, page.quality) == (
        "Báo cáo công tác tháng hai",
        Source.LAYER,
        1.0,
    )


def test_text_whose_font_is_lost_is_known_by_what_it_says(make_docx):
    assert texts(make_docx([("Times New Roman", OLD)])) == [NEW]


def test_an_empty_document_has_no_source(make_docx):
    (page,) = pages(make_docx([]))
    assert (page.text, page.source) == ("", Source.NONE)


def word(body, styles=""):
    document = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    parts = {"word/document.xml": document}
    return parts | ({"word/styles.xml": f"<w:styles {WORD}>{styles}</w:styles>"} if styles else {})


STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:rPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>
<w:style w:styleId="Vni"><w:rPr><w:rFonts w:hAnsi="VNI-Times"/></w:rPr></w:style>
<w:style w:styleId="Heir"><w:basedOn w:val="Vni"/></w:style>
<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>
"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<w:p><w:r><w:t>ViÖt</w:t></w:r></w:p>", "Việt"),
        ('<w:p><w:pPr><w:pStyle w:val="Heir"/></w:pPr><w:r><w:t>Vieät</w:t></w:r></w:p>', "Việt"),
        ('<w:p><w:r><w:rPr><w:rStyle w:val="Vni"/></w:rPr><w:t>Vieät</w:t></w:r></w:p>', "Việt"),
        ('<w:p><w:r><w:rPr><w:rStyle w:val="Loop"/></w:rPr><w:t>ViÖt</w:t></w:r></w:p>', "Việt"),
        ("<w:t>ViÖt</w:t>", "Việt"),
    ],
)
def test_a_run_without_a_font_has_that_of_its_style(make_zip, body, said):
    assert texts(make_zip(word(body, STYLES))) == [said]


def row(*cells):
    drawn = (
        "<w:tc>" + "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in cell) + "</w:tc>"
        for cell in cells
    )
    return f"<w:tr>{''.join(drawn)}</w:tr>"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (row(["1"], ["Số"]) + row(["2"], ["Ngày"]), "1 Số\n2 Ngày"),
        (row(["UBND", "MẬT"], ["CỘNG HÒA"]), "UBND\nMẬT\nCỘNG HÒA"),
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a b\nc"),
        (
            "<w:p><w:r><w:t>a</w:t><w:delText>x</w:delText><w:instrText>y</w:instrText></w:r></w:p>",
            "a",
        ),
        ("<w:p><!-- x --><w:Fallback><w:t>x</w:t></w:Fallback><w:r><w:t>a</w:t></w:r></w:p>", "a"),
    ],
)
def test_tables_are_lines_and_what_is_not_seen_is_left_out(make_zip, body, said):
    assert texts(make_zip(word(body))) == [said]


def test_what_stands_above_and_below_the_pages_is_read_too(make_docx):
    def part(text):
        return f"<w:x {WORD}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:x>"

    more = {f"word/{name}.xml": part(name) for name in ("footer1", "header2", "footnotes")}
    assert texts(make_docx([("Arial", "body")], **more)) == ["header2\nbody\nfootnotes\nfooter1"]


def test_slides_are_pages_in_their_order(make_zip):
    def slide(text, font=""):
        latin = f'<a:rPr><a:latin typeface="{font}"/></a:rPr>' if font else "<a:rPr><a:ln/></a:rPr>"
        return f"<a:sld {A}><a:p><a:r>{latin}<a:t>{text}</a:t></a:r></a:p></a:sld>"

    parts = {
        "ppt/slides/slide10.xml": slide("ba"),
        "ppt/slides/slide2.xml": slide("Vieät", "VNI-Times"),
        "ppt/slides/slide1.xml": slide("quy"),
        "ppt/theme/theme1.xml": (
            f'<a:t {A}><a:minorFont><a:latin typeface=".VnTimeH"/></a:minorFont></a:t>'
        ),
    }
    assert texts(make_zip(parts, "slides.pptx")) == ["QUY", "Việt", "BA"]
    del parts["ppt/theme/theme1.xml"]
    assert texts(make_zip(parts, "slides.pptx")) == ["quy", "Việt", "ba"]


SHEET = f"""<worksheet {S}><sheetData>
<row><c t="s" s="1"><v>0</v></c><c s="0"><v>1.5</v></c><c/><c t="s"><v>9</v></c></row>
<row><c t="s" s="9"><v>1</v></c><c t="inlineStr"><is><t>Ghi chú</t></is></c></row>
</sheetData></worksheet>"""
STRINGS = f"""<sst {S}><si><t>ViÖt</t></si><si><r><t>Nam</t></r><r><rPr><rFont val="VNI-Times"/>
</rPr><t> Vieät</t></r><rPh><t>x</t></rPh><r/></si></sst>"""
CELLS = f"""<styleSheet {S}><fonts><font><name val="Arial"/></font>
<font><name val=".VnTime"/></font><font/></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/>
<xf fontId="7"/>
<xf/></cellXfs></styleSheet>"""


def test_sheets_are_pages_a_line_a_row(make_zip):
    parts = {
        "xl/worksheets/sheet1.xml": SHEET,
        "xl/sharedStrings.xml": STRINGS,
        "xl/styles.xml": CELLS,
    }
    assert texts(make_zip(parts, "table.xlsx")) == ["Việt 1.5 9\nNam Việt Ghi chú"]
    bare = {"xl/worksheets/sheet1.xml": SHEET}
    assert texts(make_zip(bare, "table.xlsx")) == ["0 1.5 9\n1 Ghi chú"]


def odf(make_zip, name, body):
    styles = f"<office:document-styles {ODF_SPACES}/>"
    fonts = (
        '<style:style style:name="Old"><style:text-properties style:font-name=".VnTime"/>'
        "</style:style>"
    )
    content = f"<office:document-content {ODF_SPACES}>{fonts}{body}</office:document-content>"
    return make_zip({"styles.xml": styles, "content.xml": content}, name)


def test_open_documents_are_read_as_the_others(make_zip):
    body = (
        "<office:body><text:tracked-changes><text:p>x</text:p></text:tracked-changes><text:p "
        'text:style-name="Old">ViÖt<text:s/>Nam<text:line-break/>hai</text:p></office:body>'
    )
    assert texts(odf(make_zip, "paper.odt", body)) == ["Việt Nam\nhai"]
    assert texts(odf(make_zip, "paper.odt", "")) == [""]


def test_slides_and_sheets_of_open_documents_are_pages(make_zip):
    slides = "".join(f"<draw:page><text:p>{text}</text:p></draw:page>" for text in "ab")
    assert texts(odf(make_zip, "slides.odp", f"<office:body>{slides}</office:body>")) == ["a", "b"]
    cell = "<table:table-cell><text:p>a</text:p></table:table-cell>"
    sheet = f"<table:table><table:table-row>{cell * 2}</table:table-row></table:table>"
    assert texts(odf(make_zip, "table.ods", sheet * 2)) == ["a a", "a a"]


def rich(tmp_path, content):
    path = tmp_path / "paper.rtf"
    path.write_bytes(content)
    return texts(path)


FONTS = rb"{\fonttbl{\f0\fcharset0 Times New Roman;}{\f1 .VnTime;}{\f2\fcharset163 Arial;}}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (rb"\f1 Vi\'d6t Nam\par\f0 caf\'e9", "Việt Nam\ncafé"),
        (rb"{\f1 Vi\'d6t} {\f0 plain}", "Việt plain"),
        (rb"\f2 \'d0\'f4\'f5", "Đôơ"),
        (rb"Vi\u7879?t \u-3913? x", "Việt x"),
        (rb"{\uc2 \u7879??t}{\uc0 \u7879 t}", "ệtệt"),
        (rb"\u55357?", "\ufffd"),
        (rb"a\tab b\line c\cell d\row e\~f\_g\{h\}\\", "a b\nc d\ne f-g{h}\\"),
        (rb"a{\pict 0102}{\*\unknown x}{\info{\title t}}b", "ab"),
        (rb"{\*\shppict{\pict 01}}{\stylesheet{\f1 y;}}\ldblquote a\rdblquote ", "“a”"),
        (rb"\f1 \plain Vi\'e9t}}}} too far", "Viét too far"),
        (rb"\deff2\plain \'f4\f", "ô"),
        (b"a\r\nb\\\nc\\:d", "ab\ncd"),
        (b"{" * 20_000 + b"deep", "deep"),
        (b"", ""),
    ],
)
def test_a_rich_text_is_read_by_its_words(tmp_path, content, said):
    assert rich(tmp_path, rb"{\rtf1\ansi" + FONTS + content + b"}") == [said]


def test_files_of_before_2007_say_nothing_by_themselves(tmp_path):
    assert list(read_text(tmp_path / "paper.doc", MEDIA_TYPES["doc"])) == []


def test_a_document_that_names_a_file_of_the_machine_does_not_show_it(make_zip):
    start = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    body = f"{start}<w:p {WORD}><w:r><w:t>a&e;b</w:t></w:r></w:p>"
    (text,) = texts(make_zip({"word/document.xml": body}))
    assert text.startswith("a")
    assert "root" not in text
