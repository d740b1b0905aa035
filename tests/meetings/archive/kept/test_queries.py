"""What is kept of a person's documents is what the policy selects, after every kind of change."""

import os
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from meetings import clock
from meetings.archive.kept import queries
from meetings.archive.kept.narrowing import VALIDITIES
from meetings.archive.kept.queries import readable_now, validities_now
from meetings.archive.kept.shelf import KINDS, Shelf, day_number, leading_number, name_of
from meetings.documents.relations.queries import BINDING, standings_of
from meetings.models import AccessLevel, Document, Issue, Reach, Role, User
from meetings.policy import readable_documents
from tests import factories
from tests.meetings.archive.kept.walk import CHANGES, Walk

STEPS = 2000 if os.environ.get("LONG_TESTS") else 120


@pytest.fixture
def ways(monkeypatch):
    """Count how often documents were read anew and how often patched."""
    counted = Counter()

    def counting(name):
        way = getattr(queries, name)

        def done(*given):
            made = way(*given)
            counted[name] += made is not None
            return made

        return done

    for name in ("_read", "_patched"):
        monkeypatch.setattr(queries, name, counting(name))
    return counted


@pytest.fixture
def hands(monkeypatch):
    """Return what moves the clock on."""
    ahead = [timedelta()]
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + ahead[0])

    def move(**by):
        ahead[0] += timedelta(**by)

    return move


def names(readable):
    rows = readable.mask.nonzero()[0].tolist()
    return {readable.shelf.names.texts[row] for row in rows}


def said(shelf, row):
    """Return what the shelf says of a document."""
    texts = shelf.words.texts
    return (
        KINDS[shelf.kinds[row]],
        shelf.days[row],
        texts[shelf.issuers[row]],
        texts[shelf.signers[row]],
        shelf.bodies.texts[shelf.owners[row]],
        shelf.numbers[row],
    )


def check(installation, who):
    """Compare what is kept of a person with what a fresh select says; return how much it is."""
    database = installation.database
    with database.reading() as reading:
        by = reading.get(User, who.id)
        kept = readable_now(reading, database, by)
        fresh = reading.scalars(readable_documents(by)).all()
        assert names(kept) == {name_of(one.id) for one in fresh}
        for one in fresh:
            row = kept.shelf.names.rows([name_of(one.id)])[0]
            facts = (one.doc_type, day_number(one.issued_on), one.issuer, one.signer)
            place = (name_of(one.body_id), leading_number(one.symbol))
            assert said(kept.shelf, row) == facts + place
        codes = validities_now(reading, database, kept, by)
        standings = standings_of(reading, fresh, by=by)
        for one in fresh:
            code = codes[kept.shelf.names.rows([name_of(one.id)])[0]]
            expected = standings[one.id].validity if one.doc_type in BINDING else None
            assert (VALIDITIES[code] if code >= 0 else None) == expected
        assert readable_now(reading, database, by) is kept, "nothing changed meanwhile"
    return len(fresh)


def test_what_is_kept_is_what_is_selected_after_every_change(session, installation, ways, hands):
    walk = Walk(session, seed=7)
    chance, taken, read = random.Random(3), Counter(), 0
    for _ in range(STEPS):
        if chance.random() < 0.15:
            hands(minutes=chance.choice([1, 15, 30, 60, 1440]))
        taken[walk.step()] += 1
        for who in chance.sample(walk.people, 2):
            read += check(installation, who)
    assert set(taken) == {change.__name__ for change in CHANGES}
    assert min(ways["_read"], ways["_patched"], read) > STEPS // 10


@pytest.fixture
def kept(installation):
    """Return what is kept of a person, as a session of its own sees it."""

    def seen(who):
        with installation.database.reading() as reading:
            return readable_now(reading, installation.database, who)

    return seen


def test_windows_of_time_open_and_close_without_a_write(session, world, kept, hands):
    hour = timedelta(hours=1)
    factories.participant(session, world.meeting, world.outsider.person)
    document = factories.document(session, world.office)
    opens, closes = clock.now() + hour, clock.now() + 2 * hour
    factories.paper(session, world.item, document, readable_from=opens, readable_until=closes)
    session.commit()
    seen = []
    for _ in range(3):
        seen.append(name_of(document.id) in names(kept(world.outsider)))
        hands(hours=1)
    assert seen == [False, True, False]


def test_a_post_ends_with_its_day_and_a_clock_set_back_brings_it_back(
    session, world, kept, hands, ways
):
    factories.post(session, world.outsider.person, world.commune, until=clock.today())
    document = factories.document(session, world.office)
    factories.add(session, Issue(document_id=document.id, reach=Reach.PARTY))
    session.commit()
    seen = []
    for days in (1, -1, 0):
        seen.append(names(kept(world.outsider)) == {name_of(document.id)})
        hands(days=days)
    assert seen == [True, False, True]
    assert ways["_read"] == 3


def test_a_change_for_somebody_else_costs_no_reading_anew(session, world, kept, ways):
    factories.document(session, world.office, archived_at=clock.now())
    session.commit()
    first = kept(world.researcher)
    factories.participant(session, world.meeting, world.outsider.person)
    factories.user(session, (Role.CLERK, world.commune))
    session.commit()
    assert names(kept(world.researcher)) == names(first) != set()
    assert ways == {"_read": 1, "_patched": 1}


def test_what_a_writer_has_not_committed_is_seen_by_nobody_else(session, installation, world, kept):
    document = factories.document(session, world.office, archived_at=clock.now())
    session.commit()
    before = names(kept(world.researcher))
    document.access_level = AccessLevel.RESTRICTED
    session.flush()
    own = readable_now(session, installation.database, world.researcher)
    assert (names(own), names(kept(world.researcher))) == (set(), before)
    session.rollback()
    session.execute(update(Document).values(issuer="Ban Dân vận"))
    session.commit()
    assert names(kept(world.researcher)) == before == {name_of(document.id)}


def test_a_reader_who_began_earlier_is_answered_from_what_is_newer(
    session, installation, world, kept
):
    database = installation.database
    first = factories.document(session, world.office, archived_at=clock.now())
    session.commit()
    with database.reading() as early:
        early.execute(text("SELECT count(*) FROM document"))
        first.access_level = AccessLevel.RESTRICTED
        later = factories.document(session, world.office, archived_at=clock.now())
        session.commit()
        assert names(kept(world.researcher)) == {name_of(later.id)}
        seen = readable_now(early, database, world.researcher)
    assert names(seen) == {name_of(later.id)}, "what is lost now is gone now"


def test_too_many_changes_are_asked_for_all_at_once(session, world, kept, ways, monkeypatch):
    monkeypatch.setattr(queries, "PATCHED", 3)
    for count in (1, 3, 4):
        archived = {"archived_at": clock.now()}
        made = [factories.document(session, world.office, **archived) for _ in range(count)]
        session.commit()
        assert {name_of(one.id) for one in made} <= names(kept(world.researcher))
    assert ways == {"_read": 2, "_patched": 1}


def test_who_asked_longest_ago_is_forgotten_first(session, world, kept, ways, monkeypatch):
    monkeypatch.setattr(queries, "ASKERS", 2)
    for who in (world.researcher, world.clerk, world.outsider, world.clerk, world.researcher):
        kept(who)
    assert ways["_read"] == 4


def test_with_another_clearance_other_documents_are_kept(session, world, kept):
    secret = factories.document(
        session, world.office, archived_at=clock.now(), access_level=AccessLevel.RESTRICTED
    )
    session.commit()
    assert names(kept(world.researcher)) == set()
    world.researcher.clearance = AccessLevel.RESTRICTED
    session.commit()
    assert names(kept(world.researcher)) == {name_of(secret.id)}
    world.researcher.active = False
    session.commit()
    assert names(kept(world.researcher)) == set()


def test_many_threads_at_once_read_once_and_see_every_commit(session, world, kept, ways):
    expected = set()
    for _ in range(5):
        document = factories.document(session, world.office, archived_at=clock.now())
        expected.add(name_of(document.id))
        session.commit()
        with ThreadPoolExecutor(6) as threads:
            seen = list(threads.map(kept, [world.researcher] * 6))
        assert [names(each) for each in seen] == [expected] * 6
    assert ways == {"_read": 1, "_patched": 4}


def test_a_shelf_read_anew_equals_one_that_was_patched(session, installation, world, kept):
    walk = Walk(session, seed=11)
    for _ in range(12):
        walk.step()
        patched = kept(world.clerk).shelf
    with installation.database.reading() as reading:
        fresh = Shelf.read(reading)
    assert set(fresh.names.texts) == set(patched.names.texts)
    places = patched.names.rows(fresh.names.texts)
    assert [said(patched, row) for row in places] == [said(fresh, row) for row in range(len(fresh))]
