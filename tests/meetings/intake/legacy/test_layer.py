from contextlib import closing
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from meetings.intake.words import read_text

OLD = "QuyÕt ®Þnh cña Uû ban nh©n d©n tØnh vÒ viÖc phª duyÖt kÕ ho¹ch"
NEW = "Quyết định của Uỷ ban nhân dân tỉnh về việc phê duyệt kế hoạch"
VNI_OLD = "Quyeát ñònh cuûa UÛy ban nhaân daân tænh veà vieäc pheâ duyeät"
VNI_NEW = "Quyết định của Ủy ban nhân dân tỉnh về việc phê duyệt"


@pytest.fixture
def page_of(tmp_path):
    """Return a reader of a page whose lines are set in fonts of the names given."""

    def read(*lines):
        pdf = pikepdf.new()
        page = pdf.add_blank_page(page_size=(595, 842))
        fonts = pikepdf.Dictionary()
        drawn = []
        for number, (name, text) in enumerate(lines):
            fonts[f"/F{number}"] = pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.TrueType,
                BaseFont=pikepdf.Name(f"/{name}"),
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
            shown = text.encode("cp1252").hex()
            drawn.append(f"BT /F{number} 9 Tf 50 {700 - 20 * number} Td <{shown}> Tj ET")
        page.obj.Resources = pikepdf.Dictionary(Font=fonts)
        page.obj.Contents = pdf.make_stream("\n".join(drawn).encode())
        pdf.save(tmp_path / "paper.pdf")
        with closing(pypdfium2.PdfDocument(tmp_path / "paper.pdf")) as paper:
            return read_text(paper[0])

    return read


@pytest.mark.parametrize("font", ["ABCDEF+.VnTime", "Times-Roman"])
def test_a_layer_in_tcvn3_reads_as_unicode_with_or_without_the_fonts_name(page_of, font):
    text, words = page_of((font, OLD))
    assert text == NEW
    assert [word.text for word in words] == NEW.split()


def test_letters_of_two_characters_become_one_and_words_stay_in_place(page_of):
    text, words = page_of(("VNI-Times", VNI_OLD))
    assert text == VNI_NEW
    assert [word.text for word in words] == VNI_NEW.split()
    assert all(before.x < after.x for before, after in pairwise(words))


def test_each_run_is_repaired_by_its_own_font(page_of):
    text, _ = page_of((".VnTimeH", "quy\xd5t \xae\xdenh"), ("VNI-Times", VNI_OLD), (".VnTime", OLD))
    assert text.splitlines() == ["QUYẾT ĐỊNH", VNI_NEW, NEW]


def test_a_good_layer_stays_as_it_is(page_of):
    text, _ = page_of(("Times-Roman", "Báo cáo công tác tháng hai"))
    assert text == "Báo cáo công tác tháng hai"
