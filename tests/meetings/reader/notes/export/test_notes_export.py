"""One's own notes as a file: one's words always, quotations from what may be taken along."""

import io
import json
import zipfile

import pypdfium2
import pytest

from meetings.models import NoteKind, Taking
from meetings.press.pdf import UnavailableError
from meetings.reader.notes.export.annotations import CONTEXT
from meetings.web import exports
from tests import factories


@pytest.fixture
def notes(session, world):
    """A note at an item, a highlight to take along, one of a paper that is only read."""
    papers = {}
    for title, taking in (("Tờ trình A", None), ("Phương án B", Taking.READ)):
        document = factories.document(session, world.office, title=title)
        papers[title] = document.id
        factories.paper(session, world.item, document, taking=taking)
    marked = {"kind": NoteKind.HIGHLIGHT, "page": 3, "text": ""}
    session.flush()
    factories.note(
        session, world.delegate, document_id=papers["Tờ trình A"], quote="tăng 5,2 %", **marked
    )
    factories.note(
        session, world.delegate, document_id=papers["Phương án B"], quote="danh sách", **marked
    )
    shown = {"document_id": papers["Phương án B"], "quote": "danh sách", "page": 1}
    factories.note(session, world.delegate, text="Hỏi lại ban tổ chức", **shown)
    factories.note(session, world.delegate, item_id=world.item.id, text="Hỏi về <kinh phí>")
    factories.note(session, world.other_delegate, text="Của người khác")
    session.commit()


def words_of(answer, ending):
    if ending == "pdf":
        pages = pypdfium2.PdfDocument(answer.data)
        return "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    name = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}[ending]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as package:
        return package.read(name).decode()


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx"])
def test_the_file_holds_ones_words_and_no_quotation_of_what_is_only_read(
    sign_in, world, notes, ending
):
    answer = sign_in(world.delegate).get(f"/notes/file?format={ending}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"ghi-chu.{ending}" in answer.headers["Content-Disposition"]
    found = words_of(answer, ending)
    for words in ("Tờ trình A", "tăng 5,2 %", "Phương án B", "Hỏi lại ban tổ chức", "kinh phí"):
        assert words in found
    assert world.item.title in found
    assert "danh sách" not in found
    assert "Của người khác" not in found


def test_the_list_offers_the_files_and_there_are_no_others(sign_in, world, notes, monkeypatch):
    client = sign_in(world.delegate)
    page = client.get("/notes").text
    for ending in ("docx", "pdf"):
        assert f"/notes/file?format={ending}" in page
    assert client.get("/notes/file?format=exe").status_code == 404
    assert client.get("/notes/file").status_code == 404
    assert "/notes/file" not in sign_in(world.outsider).get("/notes").text

    def refuse(_):
        raise UnavailableError

    monkeypatch.setattr(exports, "FORMATS", {"pdf": (refuse, "application/pdf")})
    assert client.get("/notes/file?format=pdf").status_code == 503


def test_a_recalled_paper_leaves_ones_words_without_its_title(session, sign_in, world, notes):
    session.query(factories.AgendaPaper).update({"recalled_at": factories.clock.now()})
    session.commit()
    found = words_of(sign_in(world.delegate).get("/notes/file?format=docx"), "docx")
    assert "Hỏi lại ban tổ chức" in found
    assert "Phương án B" not in found
    assert "tăng 5,2 %" not in found


def test_other_readers_get_web_annotations_without_quotations_of_what_is_only_read(
    sign_in, world, notes
):
    answer = sign_in(world.delegate).get("/notes/annotations")
    assert answer.mimetype == "application/ld+json"
    assert answer.headers["Cache-Control"] == "no-store"
    found = json.loads(answer.data)
    assert (found["@context"], found["type"]) == (CONTEXT, "AnnotationCollection")
    assert found["total"] == len(found["first"]["items"]) == 3
    by_motive = {one["motivation"]: one for one in found["first"]["items"]}
    page, quote = by_motive["highlighting"]["target"]["selector"]
    assert (page["value"], quote["exact"]) == ("page=3", "tăng 5,2 %")
    assert "body" not in by_motive["highlighting"]
    written = [one["body"]["value"] for one in found["first"]["items"] if "body" in one]
    assert sorted(written) == ["Hỏi lại ban tổ chức", "Hỏi về <kinh phí>"]
    text = answer.data.decode()
    assert "danh sách" not in text
    assert "Của người khác" not in text


def test_the_file_of_a_meeting_holds_what_was_written_there_alone(session, sign_in, world, notes):
    factories.note(session, world.delegate, item_id=world.planned_item.id, text="Ở chỗ khác")
    session.commit()
    client, at = sign_in(world.delegate), f"/notes/file?format=docx&meeting={world.meeting.id}"
    assert f"meeting={world.meeting.id}" in client.get(f"/meetings/{world.meeting.id}/notes").text
    found = words_of(client.get(at), "docx")
    assert "Hỏi lại ban tổ chức" in found
    assert "Ở chỗ khác" not in found
    assert "Ở chỗ khác" in words_of(client.get("/notes/file?format=docx"), "docx")
    hidden = at.replace(str(world.meeting.id), str(world.planned_meeting.id))
    assert "Ở chỗ khác" not in words_of(client.get(hidden), "docx")
