"""The badges of a day of award as files that an office prints, sorts and sends on."""

import io
from datetime import timedelta

import pypdfium2
import pytest

from meetings import clock
from meetings.intake.office.rows import rows_of
from meetings.members.life.party_age import days_of_award, years_later
from tests import factories
from tests.meetings.members.conftest import admitted, official

DAY = days_of_award(clock.today())[1]


@pytest.fixture
def file(sign_in, session, commune, enter):
    """Return what takes the badges along; one name would be a formula in a spreadsheet."""
    since = years_later(DAY, -30)
    life = admitted(since), official(since + timedelta(days=365))
    enter(*life, full_name="=Lò Văn Ba")
    soon = years_later(DAY + timedelta(days=200), -40)
    enter(admitted(soon), official(soon + timedelta(days=365)), full_name="Cà Thị Sớm")
    factories.member(session, factories.body(session), full_name="Người xã khác", present=True)
    session.commit()
    client = sign_in(commune.keeper)

    def take(ending: str, **asked: str):
        query = {"day": DAY.isoformat(), "format": ending} | asked
        address = f"/bodies/{commune.commune.id}/badges/file"
        return client.get(address, query_string=query)

    return take


def test_the_pdf_bears_day_body_and_names(file, commune):
    answer = file("pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    pages = pypdfium2.PdfDocument(io.BytesIO(answer.data))
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert f"{DAY:%d/%m/%Y}" in text
    assert commune.commune.name in " ".join(text.split())
    assert "Lò Văn Ba" in text
    assert "Người xã khác" not in text


def test_a_name_is_never_a_formula(file, tmp_path):
    path = tmp_path / "badges.xlsx"
    path.write_bytes(file("xlsx").data)
    assert b"<f>" not in path.read_bytes()
    names = [row[1] for row in rows_of(path) if len(row) > 1]
    assert any("Lò Văn Ba" in name for name in names)


@pytest.mark.parametrize(("early", "name"), [("", "Lò Văn Ba"), ("1", "Cà Thị Sớm")])
def test_who_may_have_it_early_is_a_list_of_its_own(file, early: str, name: str):
    text = file("csv", early=early).data.decode("utf-8-sig")
    assert name in text
    assert ("Lò Văn Ba" in text) != ("Cà Thị Sớm" in text)


@pytest.mark.parametrize("day", ["", "2000-01-01", "hôm nay", "'; --"])
def test_a_day_that_is_none_is_the_next_day_of_award(file, day: str):
    first = days_of_award(clock.today())[0]
    assert f"huy-hieu-dang-{first:%d-%m-%Y}" in file("csv", day=day).headers["Content-Disposition"]
