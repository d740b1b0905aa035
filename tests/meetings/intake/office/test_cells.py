import zipfile

from meetings.intake.office.cells import sheets_of

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table")
)


def sheet(*rows):
    drawn = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    return f"<table:table>{drawn}</table:table>"


def cell(text="", **values):
    said = "".join(f' office:{name.replace("_", "-")}="{value}"' for name, value in values.items())
    return f"<table:table-cell{said}>{text}</table:table-cell>"


def test_sheets_say_a_line_a_row_with_numbers_as_they_are(tmp_path):
    path = tmp_path / "table.ods"
    sheets = (
        sheet(
            [cell("<text:p>Số  liệu</text:p><text:p>năm</text:p>"), cell()],
            [cell()],
            [
                cell("<text:p>1,2</text:p>", value_type="float", value="1.23456"),
                cell("<text:p>50 %</text:p>", value_type="percentage", value="0.5"),
                cell("<text:p>###</text:p>", value_type="currency", value="1500000"),
            ],
        ),
        sheet([cell("<text:p>a<text:span>b</text:span></text:p>")]),
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", f"<office:body {SPACES}>{''.join(sheets)}</office:body>")
    assert list(sheets_of(path)) == ["Số liệu năm\n1.23456 50 % 1500000", "ab"]
