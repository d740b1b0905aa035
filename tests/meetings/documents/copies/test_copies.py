import re

import pypdfium2
import pytest
from sqlalchemy import select

from meetings.documents.copies import services
from meetings.documents.copies.queries import as_printed, reader_named
from meetings.documents.services import withdraw
from meetings.intake import Reason
from meetings.models import (
    AccessLevel,
    AgendaPaper,
    AuditEntry,
    CopyKind,
    Document,
    TakenCopy,
    Taking,
)
from meetings.press.pdf import UnavailableError
from tests import factories, papers

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")


@pytest.fixture
def document(session, installation, world):
    """A paper that lies released before the delegate, and may be downloaded."""
    row = papers.laid_out(session, installation, world.office)
    factories.paper(session, world.item, row)
    session.commit()
    return row


@pytest.fixture
def rows(installation):
    """Read rows and let go of the database, so that the next request may write."""

    def read(table, **facts):
        with installation.database.reading() as reading:
            return reading.scalars(select(table).filter_by(**facts)).all()

    return read


def taken(client, document):
    """Return the bytes of a copy, and what each page of it says."""
    with client.get(f"/documents/{document.id}/copy") as answer:
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        shown = words(answer.data)
        assert CODE.search(shown[0])[0] in answer.headers["Content-Disposition"]
        return answer.data, shown


def statuses(client, document, *ways):
    found = []
    for way in ways:
        with client.get(f"/documents/{document.id}/{way}".rstrip("/")) as answer:
            found.append(answer.status_code)
    return found


def words(content):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]


def test_a_download_bears_the_name_and_a_code_that_leads_the_office_back(
    rows, sign_in, world, document
):
    _, shown = taken(sign_in(world.delegate), document)
    code = CODE.search(shown[0])[0]
    name = world.delegate.person.full_name
    assert len(shown) == len(papers.TEXTS)
    for own, text in zip(papers.TEXTS, shown, strict=True):
        assert own in text
        assert f"Mã bản {code}" in text
        assert name in text
    (row,) = rows(TakenCopy, code=code)
    facts = (row.kind, row.user_id, row.version_number)
    assert facts == (CopyKind.DOWNLOAD, world.delegate.id, 1)
    clerk = sign_in(world.clerk)
    typed = code.lower().replace("0", "o").replace("-", " ")
    page = clerk.get("/copies", query_string={"code": typed}, follow_redirects=True).text
    for fact in (name, code, world.delegate.username, "Tải về"):
        assert fact in page
    lines = rows(AuditEntry, action="copy:read")
    assert [(line.actor_id, line.subject_id) for line in lines] == [(world.clerk.id, str(row.id))]
    listed = clerk.get(f"/documents/{document.id}/readers").text
    assert code in listed


def test_two_copies_are_told_apart(sign_in, world, document):
    client = sign_in(world.delegate)
    first, second = (CODE.search(taken(client, document)[1][0])[0] for _ in range(2))
    assert first != second


def test_the_page_to_print_bears_the_same(rows, sign_in, world, document):
    page = sign_in(world.delegate).get(f"/documents/{document.id}/print")
    assert page.headers["Cache-Control"] == "no-store"
    code = re.search(rf"<b>({CODE.pattern})</b>", page.text)[1]
    assert page.text.count(f"<b>{code}</b>") == len(papers.TEXTS)
    assert page.text.count("/image/1600") == len(papers.TEXTS)
    assert [row.kind for row in rows(TakenCopy, code=code)] == [CopyKind.PRINT]


@pytest.mark.parametrize(
    ("taking", "way", "offered"),
    [
        (Taking.READ, [404, 404], ""),
        (Taking.PRINT, [404, 200], "print"),
        (None, [200, 200], "copy"),
    ],
)
def test_the_switch_of_a_paper_decides_and_the_reader_offers_no_more(
    rows, sign_in, world, document, taking, way, offered
):
    clerk, delegate = sign_in(world.clerk), sign_in(world.delegate)
    (paper,) = (row.id for row in rows(AgendaPaper))
    at = f"/papers/{paper}/taking"
    assert clerk.submit(at, taking=taking or "").status_code == 303
    assert f'value="{taking or ""}"' in clerk.get(at).text
    assert statuses(delegate, document, "copy", "print") == way
    page = delegate.get(f"/documents/{document.id}").text
    found = re.findall(rf"/documents/{document.id}/(copy|print)[?\"]", page)
    assert found == ([offered] if offered else [])
    assert statuses(delegate, document, "original") == [404]
    assert statuses(clerk, document, "original", "copy", "print") == [200] * 3
    release = clerk.get(f"/meetings/{world.meeting.id}/release").text
    said = {"": "Chỉ đọc trên màn hình", "print": "Đọc và in", "copy": "Đọc, in và tải về"}
    assert said[offered] in release


def test_a_switch_that_is_none_changes_nothing(rows, sign_in, world, document):
    (paper,) = rows(AgendaPaper)
    answer = sign_in(world.clerk).submit(f"/papers/{paper.id}/taking", taking="sell")
    assert answer.status_code == 422
    assert [row.taking for row in rows(AgendaPaper)] == [None]


def test_the_meeting_says_it_for_all_papers(sign_in, world, document):
    clerk, at = sign_in(world.clerk), f"/meetings/{world.meeting.id}/edit"
    assert clerk.submit(at, taking=Taking.READ.value).status_code == 303
    assert statuses(sign_in(world.delegate), document, "copy", "print") == [404, 404]
    page = clerk.get(f"/meetings/{world.meeting.id}/prepare").text
    assert "Chỉ đọc trên màn hình" in page


def test_what_becomes_restricted_is_closed_and_shown_so_at_the_release(
    session, sign_in, world, document
):
    world.delegate.clearance = world.clerk.clearance = AccessLevel.RESTRICTED
    session.get_one(Document, document.id).access_level = AccessLevel.RESTRICTED
    session.commit()
    delegate = sign_in(world.delegate)
    assert statuses(delegate, document, "", "copy", "print", "original") == [200, 404, 404, 404]
    release = sign_in(world.clerk).get(f"/meetings/{world.meeting.id}/release").text
    assert "Chỉ đọc trên màn hình" in release


def test_a_code_of_another_office_and_one_that_is_none_look_the_same(
    session, sign_in, world, document
):
    elsewhere = factories.document(session, world.commune)
    factories.taken_copy(session, world.outsider, code="K7QM-4T2X", document_id=elsewhere.id)
    session.commit()
    clerk = sign_in(world.clerk)
    answers = [clerk.get("/copies", query_string={"code": code}) for code in ("K7QM4T2X", "0000")]
    for answer in answers:
        assert answer.status_code == 200
        assert "Không có bản nào" in answer.text
    assert "Không có bản nào" not in clerk.get("/copies").text
    assert sign_in(world.delegate).get("/copies").status_code == 403


def test_a_recalled_paper_is_not_copied(session, rows, sign_in, world, document):
    clerk = sign_in(world.clerk)
    withdraw(session, session.get_one(Document, document.id))
    session.commit()
    assert statuses(clerk, document, "copy", "print") == [404, 404]
    assert not rows(TakenCopy)


@pytest.mark.parametrize("problem", ["no typesetter", "no stamp"])
def test_a_copy_that_could_not_be_made_is_not_written_down(
    rows, sign_in, world, document, monkeypatch, problem
):
    def fail(*_):
        raise UnavailableError

    if problem == "no typesetter":
        monkeypatch.setattr(services, "sheets_of", fail)
    else:
        monkeypatch.setattr(services, "stamp_file", lambda *_, **_notes: Reason.TIMED_OUT)
    answer = sign_in(world.clerk).get(f"/documents/{document.id}/copy")
    assert answer.status_code == 503
    assert not rows(TakenCopy)


def test_no_plain_page_stays_on_the_disk(settings, sign_in, world, document):
    taken(sign_in(world.clerk), document)
    assert not list(settings.quarantine_folder.iterdir())


def test_codes_are_typed_as_people_read_them():
    codes = {services.new_code() for _ in range(300)}
    assert len(codes) == 300
    for code in codes:
        assert CODE.fullmatch(code)
        assert as_printed(f" {code.lower()} ") == code
        assert as_printed(code.replace("-", "").replace("1", "l").replace("0", "O")) == code
    assert as_printed("") == ""


def test_the_pages_name_their_reader_and_the_unit_of_a_post_held_today(session, world):
    who, day = world.delegate, factories.timedelta(days=1)
    today = factories.clock.today()
    name = reader_named(session, by=who)
    person = session.get(factories.Person, who.person_id)
    assert name.split(" · ")[0] == person.full_name
    factories.post(session, person, world.commune, since=today)
    factories.post(session, person, world.office, since=today, until=today - day)
    assert reader_named(session, by=who) == f"{person.full_name} · {world.commune.name}"
