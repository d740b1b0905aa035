"""The papers of a meeting as one file: agenda order, only what may be taken, numbered through."""

import io
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest
from click import ClickException
from click.testing import CliRunner
from sqlalchemy import select

from meetings.cli import main
from meetings.documents.services import withdraw
from meetings.intake import Reason
from meetings.models import AuditEntry, CopyKind, Document, TakenCopy, Taking
from meetings.press.pdf import UnavailableError
from meetings.reader.bundle import services
from meetings.reader.bundle.commands import write_pack
from meetings.reader.bundle.queries import bundle_of
from tests import factories, papers

PAGES = len(papers.TEXTS)


@pytest.fixture
def shelf(installation, session, world):
    """Two papers to take along at two items, and between them one that is only read."""
    second = factories.item(session, world.meeting, position=10**6, title="Nội dung sau")
    documents = [
        papers.laid_out(session, installation, world.office, title=title)
        for title in ("Tờ trình đầu", "Chỉ để đọc", "Báo cáo cuối")
    ]
    first, read, last = documents
    laid = SimpleNamespace(
        first=factories.paper(session, world.item, first, position=1),
        read=factories.paper(session, world.item, read, position=2, taking=Taking.READ),
        last=factories.paper(session, second, last),
    )
    session.commit()
    return laid


@pytest.fixture
def rows(installation):
    """Read rows and let go of the database, so that the next request may write."""

    def read(table, **facts):
        with installation.database.reading() as reading:
            return reading.scalars(select(table).filter_by(**facts)).all()

    return read


def taken(client, meeting):
    with client.get(f"/meetings/{meeting.id}/pack") as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
        return answer.data


def words(content):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]


def test_the_office_takes_all_and_a_participant_what_may_be_taken(session, world, shelf):
    def bound(by):
        return [leaf.paper.id for leaf in bundle_of(session, world.meeting, by=by).leaves]

    assert bound(world.delegate) == [shelf.first.id, shelf.last.id]
    assert bound(world.clerk) == [shelf.first.id, shelf.read.id, shelf.last.id]
    assert bound(world.outsider) == []
    places = bundle_of(session, world.meeting, by=world.clerk)
    assert [(one.first, one.last) for one in places.leaves] == [(1, 3), (4, 6), (7, 9)]
    assert places.pages == 9


def test_the_file_holds_cover_agenda_separators_and_numbered_pages(sign_in, rows, world, shelf):
    content = taken(sign_in(world.delegate), world.meeting)
    found = words(content)
    assert len(found) == 2 + 2 + 2 * PAGES
    cover, agenda, separator, *rest = found
    assert world.meeting.title in cover
    assert world.delegate.person.full_name in cover
    for line in ("Tờ trình đầu", "bút số 1–3", "Chỉ để đọc", "chỉ đọc trên màn hình", "bút số 4–6"):
        assert line in agenda
    assert "Tờ trình đầu" in separator
    assert "Bút số 1 đến 3" in separator
    assert [text.split()[-1] for text in (*rest[:PAGES], *rest[PAGES + 1 :])] == list("123456")
    assert "Báo cáo cuối" in rest[PAGES]
    assert papers.TEXTS[0] in rest[0]
    (copy,) = rows(TakenCopy)
    assert all(copy.code in text for text in found)
    assert (copy.kind, copy.meeting_id) == (CopyKind.PACK, world.meeting.id)
    assert copy.bound == [str(one.document_id) for one in (shelf.first, shelf.last)]
    page = sign_in(world.clerk).get(f"/copies/{copy.id}").text
    for fact in ("Cả bộ tài liệu", world.meeting.title, "Tờ trình đầu", "Báo cáo cuối"):
        assert fact in page


def test_bookmarks_and_links_lead_to_the_separators(sign_in, world, shelf):
    content = taken(sign_in(world.delegate), world.meeting)
    with pypdfium2.PdfDocument(content) as book:
        marks = [(one.level, one.get_title(), one.get_dest().get_index()) for one in book.get_toc()]
    assert marks == [
        (0, world.meeting.title, 0),
        (0, "Chương trình và tài liệu", 1),
        (1, "Tờ trình đầu", 2),
        (1, "Báo cáo cuối", 3 + PAGES),
    ]
    with pikepdf.open(io.BytesIO(content)) as book:
        names = book.Root.Names.Dests.Names
        leads_to = {str(names[at]): names[at + 1][0] for at in range(0, len(names), 2)}
        links = [leads_to[str(link.Dest)] for link in book.pages[1].Annots]
        places = [book.pages.index(pikepdf.Page(page)) for page in links]
    assert places == [2, 3 + PAGES]


def test_titles_that_fill_pages_keep_their_separator_to_one(session, sign_in, world, shelf):
    session.get_one(Document, shelf.first.document_id).title = "Rất dài " * 900
    session.commit()
    found = words(taken(sign_in(world.delegate), world.meeting))
    place = next(at for at, text in enumerate(found) if papers.TEXTS[0] in text)
    assert "Rất dài" in found[place - 1]
    assert [text.split()[-1] for text in found[place : place + PAGES]] == list("123")


def test_the_book_offers_it_and_who_may_take_nothing_is_told_so(session, sign_in, world, shelf):
    delegate, at = sign_in(world.delegate), f"/meetings/{world.meeting.id}"
    assert f"{at}/pack" in delegate.get(f"{at}/book").text
    session.merge(world.meeting).taking = Taking.READ
    session.commit()
    answer = delegate.get(f"{at}/pack", follow_redirects=True)
    assert "Chưa có tài liệu nào đồng chí được lấy ra" in answer.text
    assert sign_in(world.outsider).get(f"{at}/pack").status_code == 404


@pytest.mark.parametrize("problem", ["no typesetter", "no binder"])
def test_what_could_not_be_bound_is_not_written_down(
    rows, installation, sign_in, world, shelf, monkeypatch, problem
):
    def fail(*_):
        message = "libpango is missing"
        raise UnavailableError(message)

    if problem == "no typesetter":
        monkeypatch.setattr(services, "typeset", fail)
    else:
        monkeypatch.setattr(services, "bind_files", lambda *_: Reason.TIMED_OUT)
    assert sign_in(world.clerk).get(f"/meetings/{world.meeting.id}/pack").status_code == 503
    with pytest.raises(ClickException, match=r"libpango|timed_out"):
        write_pack(installation, world.meeting.id, world.clerk.username, "nowhere")
    assert not rows(TakenCopy)


def test_a_paper_that_was_just_recalled_is_not_bound(session, sign_in, world, shelf):
    withdraw(session, session.get_one(Document, shelf.first.document_id))
    session.commit()
    found = "\n".join(words(taken(sign_in(world.clerk), world.meeting)))
    assert "Bút số 4 đến 6" in found
    assert "Bút số 7" not in found


def test_the_command_writes_the_same_file_and_is_written_down(
    installation, rows, world, shelf, tmp_path, monkeypatch
):
    monkeypatch.setenv("MEETINGS_INSTANCE", str(installation.settings.instance))
    target = tmp_path / "bo.pdf"
    order = ["pack", str(world.meeting.id), "--as", world.delegate.username, "-o", str(target)]
    answer = CliRunner().invoke(main, order)
    assert answer.exit_code == 0, answer.output
    (copy,) = rows(TakenCopy)
    assert f"2 papers in {target}, code {copy.code}" in answer.output
    assert copy.code in words(target.read_bytes())[-1]
    (line,) = rows(AuditEntry, action="meeting:pack")
    assert (line.actor_id, line.subject_id) == (world.delegate.id, str(world.meeting.id))


def test_the_command_refuses_who_sees_no_such_meeting_or_takes_nothing(
    session, installation, world, shelf, tmp_path
):
    target = tmp_path / "bo.pdf"
    for account in (world.outsider.username, "nobody"):
        with pytest.raises(ClickException, match="no such meeting"):
            write_pack(installation, world.meeting.id, account, target)
    session.merge(world.meeting).taking = Taking.READ
    session.commit()
    with pytest.raises(ClickException, match="no paper"):
        write_pack(installation, world.meeting.id, world.delegate.username, target)
    assert not target.exists()
