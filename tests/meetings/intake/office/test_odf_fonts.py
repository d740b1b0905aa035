import zipfile

import pytest
from lxml import etree

from meetings.intake.office.odf_fonts import repair_fonts

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "style", "text", "table")
) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)
STYLES = f"""<office:document-styles {SPACES}>
<style:font-face style:name=".VnTime1" svg:font-family="'.VnTime'"/>
<style:default-style style:family="paragraph">
  <style:text-properties style:font-name="Times New Roman"/></style:default-style>
<style:default-style style:family="table-cell">
  <style:text-properties style:font-name=".VnTime"/></style:default-style>
<style:style style:name="Old"><style:text-properties style:font-name=".VnTime1"/></style:style>
<style:style style:name="Loop" style:parent-style-name="Loop"/>
</office:document-styles>"""
AUTOMATIC = """
<style:style style:name="Heir" style:parent-style-name="Old"><style:text-properties/></style:style>
<style:style style:name="Capital"><style:text-properties fo:font-family=".VnTimeH"/></style:style>
<style:style style:name="Vni"><style:text-properties style:font-name="VNI-Helve"/></style:style>
<style:style style:name="New"><style:text-properties style:font-name="Arial"/></style:style>
"""
NESTED = """<text:p text:style-name="New">Báo <text:span text:style-name="Old">c¸o<text:span
text:style-name="Vni">Vieät</text:span>ViÖt</text:span> cáo</text:p>"""


@pytest.fixture
def repaired(tmp_path):
    """Return what a body says once its document was repaired, and the repaired parts."""

    def repair(body, folder=""):
        content = f"<office:document-content {SPACES}>{AUTOMATIC}{body}</office:document-content>"
        source, target = tmp_path / "old.odt", tmp_path / "new.odt"
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr(f"{folder}content.xml", content)
            archive.writestr(f"{folder}styles.xml", STYLES)
        repair_fonts(source, target)
        with zipfile.ZipFile(target) as archive:
            assert len(archive.namelist()) == 3
            parts = [archive.read(f"{folder}{name}.xml") for name in ("content", "styles")]
        return "".join(etree.fromstring(parts[0]).itertext()).strip(), b"".join(parts)

    return repair


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<text:p text:style-name="Old">ViÖt Nam</text:p>', "Việt Nam"),
        ('<text:h text:style-name="Heir">ViÖt Nam</text:h>', "Việt Nam"),
        ('<text:p text:style-name="Capital">viÖt nam</text:p>', "VIỆT NAM"),
        ('<text:p text:style-name="Vni">Vieät Nam</text:p>', "Việt Nam"),
        ('<text:p text:style-name="New">Báo cáo</text:p>', "Báo cáo"),
        ('<text:p text:style-name="Loop">Báo cáo</text:p>', "Báo cáo"),
        ("<text:p>Báo cáo</text:p>", "Báo cáo"),
        (NESTED, "Báo cáoViệtViệt cáo"),
        (
            '<text:p text:style-name="Old">ViÖt<text:line-break/>ViÖt</text:p>',
            "ViệtViệt",
        ),
        (
            '<text:p text:style-name="New">QuyÕt ®Þnh cña Uû ban nh©n d©n</text:p>',
            "Quyết định của Uỷ ban nhân dân",
        ),
        (
            '<table:table-cell table:style-name="Vni"><text:p>Vieät</text:p></table:table-cell>',
            "Việt",
        ),
        ("<table:table-cell><text:p>ViÖt</text:p></table:table-cell>", "Việt"),
        (
            '<text:p text:style-name="Old">a<text:n><text:p>ViÖt</text:p></text:n>ViÖt</text:p>',
            "aViệtViệt",
        ),
    ],
)
def test_each_run_is_repaired_by_the_font_that_its_style_gives_it(repaired, body, said):
    assert repaired(body)[0] == said


def test_a_document_in_a_document_is_repaired_too(repaired):
    assert repaired('<text:p text:style-name="Old">ViÖt</text:p>', "Object 1/")[0] == "Việt"


def test_no_old_font_is_left_and_a_cell_says_what_is_seen(repaired):
    body = '<table:table-cell office:string-value="ViÖt"><text:p>ViÖt</text:p></table:table-cell>'
    _, parts = repaired(body)
    assert b".Vn" not in parts
    assert b"VNI" not in parts
    assert b"string-value" not in parts
    assert b'style:font-name="Arial"' in parts
    assert b"Times New Roman" in parts
