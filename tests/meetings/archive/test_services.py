"""The table of abbreviations: the product's, as the offices changed it."""

import pytest
from sqlalchemy import select

from meetings.archive.services import set_abbreviation
from meetings.documents.queries import abbreviations_in_use
from meetings.models import Abbreviation, AuditEntry
from search_index import ABBREVIATIONS

PAGE = "/archive/abbreviations"


def changed(session):
    return {row.short: row.full for row in session.scalars(select(Abbreviation))}


@pytest.mark.parametrize(
    ("steps", "kept"),
    [
        ([("KTX", "kinh tế xanh")], {"KTX": "kinh tế xanh"}),
        ([("KTX", "kinh tế xanh"), ("ktx", "ký túc xá")], {"KTX": "ký túc xá"}),
        ([("KTX", "kinh tế xanh"), ("KTX", "")], {}),
        ([("cđs", "")], {"CĐS": ""}),
        ([("CĐS", ""), ("cds", ABBREVIATIONS["CĐS"])], {}),
        ([("XYZ", "")], {}),
    ],
)
def test_the_last_word_counts_and_what_is_as_before_is_not_kept(session, steps, kept):
    set_abbreviation(session, "ABC", "noise")
    for short, full in steps:
        set_abbreviation(session, short, full)
    assert changed(session) == {"ABC": "noise"} | kept
    table = abbreviations_in_use(session)
    assert table["ABC"] == "noise"
    assert all(table.values())


def test_a_clerk_changes_the_table_and_the_ledger_says_who(sign_in, session, world):
    client = sign_in(world.clerk)
    assert client.submit(PAGE, short="KTX", full="kinh tế xanh").status_code == 303
    session.rollback()
    assert changed(session) == {"KTX": "kinh tế xanh"}
    lines = session.scalars(
        select(AuditEntry).where(AuditEntry.action == "abbreviations:edit")
    ).all()
    assert [line.actor_id for line in lines] == [world.clerk.id]
    html = client.get(f"{PAGE}?short=KTX").get_data(as_text=True)
    assert 'value="kinh tế xanh"' in html
    assert "cải cách hành chính" in html
    assert "KTX" in html


@pytest.mark.parametrize(
    "fields",
    [{"short": ""}, {"short": "--"}, {"short": "K" * 21}, {"short": "K", "full": "a " * 13}],
)
def test_what_no_question_could_use_is_refused(sign_in, session, world, fields):
    assert sign_in(world.clerk).submit(PAGE, **fields).status_code == 422
    session.rollback()
    assert changed(session) == {}


@pytest.mark.parametrize("who", ["delegate", "researcher", "administrator", "outsider"])
def test_nobody_else_changes_the_table(sign_in, session, world, who):
    client = sign_in(getattr(world, who))
    assert client.get(PAGE).status_code in {403, 404}
    assert client.submit(PAGE, short="KTX", full="x").status_code in {403, 404}
    session.rollback()
    assert changed(session) == {}


def test_a_new_abbreviation_is_used_by_the_next_search(sign_in, session, world, file):
    document = file(world.office, "Phát triển kinh tế xanh")
    file(world.office, "Kinh tế và cây xanh")
    client = sign_in(world.clerk)
    assert str(document.id) not in client.get("/archive?q=KTX").get_data(as_text=True)
    client.submit(PAGE, short="KTX", full="kinh tế xanh")
    html = client.get("/archive?q=KTX").get_data(as_text=True)
    assert str(document.id) in html
    assert "<mark>kinh tế xanh</mark>" in html
