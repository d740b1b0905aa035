import pikepdf

from meetings.intake import Reason
from meetings.intake.copies import edit_pages
from meetings.intake.edits import Drop, Join, Keep, Reorder, Rotate
from meetings.intake.page_edits import apply


def test_pages_are_joined_moved_turned_and_cut(make_pdf, tmp_path):
    first = make_pdf(b"% 1", b"% 2", name="a.pdf")
    second = make_pdf(b"% 3", name="b.pdf", rotate=90)
    before = first.read_bytes()
    edits = [Join(2), Reorder((3, 1, 2)), Rotate((1, 2), 90), Drop((3,))]
    assert apply(first, edits, tmp_path / "made.pdf", [second]) == 2
    with pikepdf.open(tmp_path / "made.pdf") as pdf:
        assert [bytes(page.Contents.read_bytes()) for page in pdf.pages] == [b"% 3", b"% 1"]
        assert [int(page.Rotate) for page in pdf.pages] == [180, 90]
    assert first.read_bytes() == before


def test_a_child_leaves_the_edited_file(make_pdf, output):
    assert edit_pages(make_pdf("text", "blank"), [Keep(((2, 2), (2, 2)))], output) == 2
    with pikepdf.open(output / "edited.pdf") as pdf:
        assert len(pdf.pages) == 2


def test_an_impossible_edit_leaves_nothing(make_pdf, output):
    assert edit_pages(make_pdf("text"), [Drop((1,))], output) is Reason.CRASHED
    assert not list(output.iterdir())


def test_several_files_go_into_the_child_as_one(make_pdf, output):
    first = make_pdf("text", name="a.pdf")
    second = make_pdf("text", "blank", name="b.pdf")
    assert edit_pages(first, [Join(2), Drop((2,))], output, others=[second]) == 2
    assert {path.name for path in first.parent.iterdir()} == {"a.pdf", "b.pdf", "output"}
