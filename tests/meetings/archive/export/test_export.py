"""The register as a file: what one may read, filtered, recorded."""

import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.archive.export import views
from meetings.models import AuditEntry, DocumentType
from meetings.press.pdf import UnavailableError
from meetings.web import exports
from tests import factories


@pytest.fixture
def filled(session, world) -> None:
    for symbol, year in (("05-NQ/TU", 2021), ("08-NQ/TU", 2026), ("77-NQ/TU", None)):
        factories.document(
            session,
            world.office,
            symbol=symbol,
            title='=HYPERLINK("x")',
            doc_type=DocumentType.RESOLUTION,
            issued_on=date(year, 6, 12) if year else None,
            archived_at=clock.now(),
        )
    session.commit()


def content(answer) -> str:
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_the_file_holds_what_the_page_shows(installation, sign_in, world, filled, ending):
    client = sign_in(world.researcher)
    answer = client.get(f"/archive/register/file?format={ending}&year=2021")
    assert answer.status_code == 200
    assert f'"so-dang-ky.{ending}"' in answer.headers["Content-Disposition"]
    text = content(answer)
    assert "05-NQ/TU" in text
    assert "08-NQ/TU" not in text
    with installation.database.reading() as reading:
        lines = reading.scalars(select(AuditEntry.action)).all()
    assert lines.count("archive:export") == 1


def test_nobody_takes_along_what_they_may_not_read(sign_in, world, filled):
    text = content(sign_in(world.outsider).get("/archive/register/file?format=xlsx"))
    assert "NQ/TU" not in text


def test_a_pdf_is_made_or_said_to_be_impossible(sign_in, world, filled, monkeypatch):
    client = sign_in(world.researcher)
    assert client.get("/archive/register/file?format=pdf").data.startswith(b"%PDF")

    def refuse(_sheet):
        raise UnavailableError("libpango")

    monkeypatch.setattr(exports, "FORMATS", {"pdf": (refuse, "application/pdf")})
    assert client.get("/archive/register/file?format=pdf").status_code == 503


def test_results_are_taken_along_as_they_were_found(session, sign_in, world, filled, monkeypatch):
    for number in range(12):
        factories.document(
            session,
            world.office,
            symbol=f"{number}-KH/TU",
            doc_type=DocumentType.PLAN,
            issued_on=date(2025, 1, 1 + number),
            archived_at=clock.now(),
        )
    session.commit()
    client = sign_in(world.researcher)
    text = content(client.get("/archive/file?format=docx&type=plan"))
    assert all(f"{number}-KH/TU" in text for number in range(12)), "also those of later pages"
    assert "NQ/TU" not in text
    monkeypatch.setattr(views, "MOST", 2)
    text = content(client.get("/archive/file?format=docx&type=plan"))
    assert [n for n in range(12) if f">{n}-KH/TU" in text] == [10, 11]
    assert "KH/TU" not in content(sign_in(world.outsider).get("/archive/file?format=docx"))


def test_other_formats_are_nowhere(sign_in, world, filled):
    client = sign_in(world.clerk)
    for ending in ("", "exe"):
        for address in ("/archive/register/file", "/archive/file"):
            assert client.get(f"{address}?format={ending}").status_code == 404


def test_the_page_offers_the_files_only_where_there_is_something(sign_in, world, filled):
    assert "format=xlsx" in sign_in(world.clerk).get("/archive/register?year=2021").text
    assert "format=xlsx" not in sign_in(world.outsider).get("/archive/register").text
