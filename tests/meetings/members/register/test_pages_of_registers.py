from datetime import date

import pytest

from meetings.members.register import queries
from meetings.members.register.queries import SORTS, Asked
from meetings.models import BodyKind
from tests import factories
from tests.meetings.members.conftest import admitted

GIVEN = ("An", "Ân", "Bún", "Tâm", "Đào", "Ánh", "Chung")


@pytest.fixture
def many(session, commune, enter):
    """Seven members of two cells, in no order, and noise of another commune."""
    for place, given in enumerate(GIVEN):
        enter(
            admitted(date(1990 + place * 3 % 7, 5, 19)),
            cell=commune.cell if place % 2 else commune.other_cell,
            full_name=f"Lò Văn {given}",
            birth_date=f"{1960 + place * 5 % 7}",
        )
    factories.member(session, factories.body(session), words=" lo van an", sort_name="a")
    session.commit()
    return commune


@pytest.mark.parametrize("sort", list(SORTS))
@pytest.mark.parametrize("words", ["", "lo van", "Tâm"])
def test_many_are_paged_as_few_are(session, many, monkeypatch, sort: str, words: str):
    def pages(few: int) -> list[list[str]]:
        monkeypatch.setattr(queries, "FEW", few)
        asked = [Asked(words=words, sort=sort, page=page) for page in (1, 2, 3, 4)]
        leaves = [queries.register_of(session, many.commune, one, by=many.keeper) for one in asked]
        return [[member.full_name for member in leaf.rows] for leaf in leaves]

    monkeypatch.setattr(queries, "ROWS", 3)
    known = pages(1000)
    assert pages(0) == known
    assert len({name for page in known for name in page}) == (1 if words == "Tâm" else 7)


def test_a_file_has_every_member_in_the_order_of_the_page(session, many):
    leaf = queries.register_of(session, many.commune, Asked(), by=many.keeper)
    lines = list(queries.whole_register(session, many.commune, Asked(), by=many.keeper))
    assert len(lines) == len(GIVEN)
    assert [line.facts["full_name"] for line in lines] == [one.full_name for one in leaf.rows]
    assert list(queries.whole_register(session, many.commune, Asked(), by=many.secretary)) == []


def test_registers_are_paged_and_found_by_name(sign_in, session, many):
    for number in range(60):
        factories.body(session, many.commune, kind=BodyKind.CELL, name=f"Chi bộ số {number:02}")
    session.commit()
    client = sign_in(many.keeper)
    first, second = (client.get(f"/members?page={page}").get_data(as_text=True) for page in (1, 2))
    assert "Chi bộ bản Nà Lốc" in first, "the largest come first"
    assert first.count("Chi bộ số") + second.count("Chi bộ số") == 60
    found = client.get("/members?q=na+loc").get_data(as_text=True)
    assert "Chi bộ bản Nà Lốc" in found
    assert "Chi bộ số" not in found
    nothing = client.get("/members?q=zzz").get_data(as_text=True)
    assert 'href="/members"' in nothing
