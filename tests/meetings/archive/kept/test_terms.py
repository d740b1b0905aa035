"""A document belongs to the term of its body in which it was issued."""

from datetime import date

import pytest

from meetings import clock
from meetings.archive.kept.queries import facets_now, readable_now
from meetings.models import Body, Term
from tests import factories

FIRST, SECOND = date(2020, 10, 15), date(2025, 9, 26)


@pytest.fixture
def span(session, installation, world):
    """Return the term of a document as the researcher's facets have it."""

    def of(document):
        session.commit()
        with installation.database.reading() as reading:
            known = readable_now(reading, installation.database, world.researcher)
            terms = facets_now(reading, installation.database, known, world.researcher).terms()
            row = known.shelf.names.rows([document.id.hex])[0]
            return terms.spans[terms.codes[row]] if terms.codes[row] >= 0 else None

    return of


@pytest.fixture
def issued(session, world):
    def made(body, day):
        return factories.document(session, body, issued_on=day, archived_at=clock.now())

    return made


def test_the_day_of_issue_tells_the_term(session, world, span, issued):
    session.add_all(Term(body_id=world.office.id, starts_on=day) for day in (FIRST, SECOND))
    days = (None, date(2020, 10, 14), FIRST, date(2025, 9, 25), SECOND, date(2027, 1, 1))
    found = [span(issued(world.office, day)) for day in days]
    assert found == [None, None, "2020-2025", "2020-2025", "2025-", "2025-"]


def test_a_body_without_terms_has_those_of_the_body_above_it(session, world, span, issued):
    below = factories.body(session, factories.body(session, world.office))
    document = issued(below, SECOND)
    assert span(document) is None
    term = factories.add(session, Term(body_id=world.office.id, starts_on=FIRST))
    assert span(document) == "2020-", "a term that is entered later counts at once"
    factories.add(session, Term(body_id=below.id, starts_on=date(2022, 1, 1)))
    assert span(document) == "2022-"
    session.get_one(Body, below.id).parent_id = None
    session.delete(term)
    assert span(document) == "2022-"
