"""Keeping one's place: one row for each person and document, the last page wins."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from meetings.models import ReadingPosition
from meetings.reader.services import remember
from tests import factories


@pytest.fixture
def document(session, world):
    return factories.document(session, world.office)


def places(session) -> dict[tuple, int]:
    session.flush()
    rows = session.scalars(select(ReadingPosition)).all()
    return {(row.user_id, row.document_id): row.page for row in rows}


def test_the_last_page_overwrites_the_one_before(session, world, document):
    for page in (2, 5, 1):
        remember(session, document, page, by=world.delegate)
    assert places(session) == {(world.delegate.id, document.id): 1}


def test_people_do_not_move_each_others_place(session, world, document):
    remember(session, document, 2, by=world.delegate)
    remember(session, document, 7, by=world.other_delegate)
    assert places(session) == {
        (world.delegate.id, document.id): 2,
        (world.other_delegate.id, document.id): 7,
    }


def test_a_place_survives_the_transaction_and_is_overwritten_in_the_next(
    installation, session, world, document
):
    session.commit()
    for page in (4, 6):
        installation.database.write(
            lambda fresh, page=page: remember(fresh, document, page, by=world.delegate)
        )
    with installation.database.reading() as fresh:
        assert places(fresh) == {(world.delegate.id, document.id): 6}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    turns=st.lists(
        st.tuples(st.sampled_from(["delegate", "clerk"]), st.integers(0, 1), st.integers(1, 99)),
        max_size=8,
    )
)
def test_any_turning_of_pages_leaves_the_last_of_each(session, world, document, turns):
    with session.begin_nested() as attempt:
        shelf = (document, factories.document(session, world.office))
        expected = {}
        for who, which, page in turns:
            user = getattr(world, who)
            remember(session, shelf[which], page, by=user)
            expected[user.id, shelf[which].id] = page
        assert places(session) == expected
        attempt.rollback()
