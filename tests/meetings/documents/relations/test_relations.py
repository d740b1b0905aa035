"""Relations and validity: proposed by citations, decided by archivists, seen by those who may."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from meetings import clock
from meetings.documents.relations import services
from meetings.documents.relations.queries import (
    Link,
    Standing,
    Validity,
    links_from,
    links_to,
    standing,
    standing_of,
    standings_of,
)
from meetings.models import (
    Document,
    DocumentType,
    DocumentVersion,
    Relation,
    RelationKind,
    RelationState,
)
from tests import factories

DAY = date(2026, 6, 1)
CONFIRMED, PROPOSED = RelationState.CONFIRMED, RelationState.PROPOSED


def filed(session, world, symbol: str = "05-NQ/TU", **changes) -> Document:
    values = {
        "symbol": symbol,
        "doc_type": DocumentType.RESOLUTION,
        "issued_on": date(2021, 6, 21),
        "archived_at": clock.now(),
    }
    return factories.document(session, world.office, **values | changes)


@pytest.fixture
def old(session, world) -> Document:
    return filed(session, world)


@pytest.fixture
def new(session, world) -> Document:
    return filed(session, world, "08-NQ/TU", issued_on=date(2026, 1, 12))


@pytest.fixture
def noise(session, world) -> Document:
    return filed(session, world, "05-CT/TU", doc_type=DocumentType.DIRECTIVE)


def cited(number: str, kind: str, clue: str, day: str | None = None) -> dict[str, object]:
    facts = {"system": "party", "number": number, "kind": kind, "organ": "TU", "year": None}
    return facts | {"date": day, "clue": clue, "flags": [], "start": 0, "end": 1, "text": ""}


def read_as(session, installation, document: Document, *citations) -> DocumentVersion:
    header = {"metadata": {}, "citations": list(citations)}
    keys, store = installation.keys, installation.store
    return factories.version(session, keys, store, document, b"%PDF", header=header)


def link(old: Document, kind: RelationKind, state=CONFIRMED, since: date | None = None) -> Link:
    return Link(old, kind, state, since)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), Validity.IN_FORCE),
        ((RelationKind.CITES, RelationKind.IMPLEMENTS, RelationKind.REVIEWS), Validity.IN_FORCE),
        ((RelationKind.AMENDS,), Validity.PARTLY),
        ((RelationKind.AMENDS, RelationKind.SUSPENDS), Validity.SUSPENDED),
        ((RelationKind.SUSPENDS, RelationKind.REPLACES), Validity.EXPIRED),
        ((RelationKind.REPEALS,), Validity.EXPIRED),
    ],
)
def test_the_gravest_relation_decides(old, new, kinds, expected):
    assert standing(old, [link(new, kind) for kind in kinds], DAY).validity is expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"issued_on": None}, Validity.UNKNOWN),
        ({"issued_on": DAY + timedelta(1)}, Validity.PENDING),
        ({"in_force_from": DAY + timedelta(1)}, Validity.PENDING),
        ({"in_force_from": DAY}, Validity.IN_FORCE),
        ({"in_force_until": DAY}, Validity.IN_FORCE),
        ({"in_force_until": DAY - timedelta(1)}, Validity.EXPIRED),
    ],
)
def test_its_own_days_decide(old, dates, expected):
    for name, value in dates.items():
        setattr(old, name, value)
    assert standing(old, [], DAY).validity is expected


def test_a_relation_holds_from_its_day_and_only_if_confirmed(old, new):
    replaces = RelationKind.REPLACES
    assert standing(old, [link(new, replaces, PROPOSED)], DAY) == Standing(Validity.IN_FORCE)
    later = link(new, replaces, since=DAY + timedelta(1))
    assert standing(old, [later], DAY).validity is Validity.IN_FORCE
    assert standing(old, [later], DAY + timedelta(1)) == Standing(Validity.EXPIRED, later)


def test_a_citation_is_proposed_once_with_its_strongest_verb(
    session, installation, world, old, new, noise
):
    read_as(
        session,
        installation,
        new,
        cited("05", "NQ", "cites"),
        cited("5", "NQ", "replaces", "2021-06-21"),
        cited("99", "NQ", "repeals"),
        cited("08", "NQ", "implements"),
    )
    assert services.propose(session, new) == 1
    assert services.propose(session, new) == 0
    [relation] = session.scalars(select(Relation))
    assert (relation.target_id, relation.kind) == (old.id, RelationKind.REPLACES)
    assert relation.state is PROPOSED


def test_a_report_ends_nothing_and_an_open_citation_means_nobody(
    session, installation, world, old, noise
):
    report = filed(session, world, "96-BC/TU", doc_type=DocumentType.REPORT, issued_on=DAY)
    twin = filed(session, world, "05-CT/TU", issued_on=date(2022, 1, 1))
    assert twin.id != noise.id
    read_as(
        session, installation, report, cited("05", "NQ", "replaces"), cited("05", "CT", "cites")
    )
    assert services.propose(session, report) == 1
    [found] = links_from(session, report, by=world.clerk)
    assert (found.document.id, found.kind) == (old.id, RelationKind.CITES)


def test_a_document_without_a_file_proposes_nothing(session, old):
    assert services.propose(session, old) == 0


def test_what_an_archivist_decided_stays(session, installation, world, old, new):
    read_as(session, installation, new, cited("05", "NQ", "replaces"))
    services.reject(session, new, old, by=world.clerk)
    assert services.propose(session, new) == 0
    assert links_from(session, new, by=world.clerk, proposed=True) == []
    services.relate(session, new, old, RelationKind.AMENDS, by=world.clerk)
    [found] = links_to(session, old, by=world.clerk)
    assert (found.kind, found.state) == (RelationKind.AMENDS, CONFIRMED)
    [relation] = session.scalars(select(Relation))
    assert (relation.decided_by, relation.decided_at is not None) == (world.clerk.id, True)


def test_proposals_are_for_archivists_but_citations_for_all(
    session, installation, world, old, new, noise
):
    read_as(session, installation, new, cited("05", "NQ", "replaces"), cited("05", "CT", "cites"))
    services.propose(session, new)
    shown = [found.document.id for found in links_from(session, new, by=world.researcher)]
    assert shown == [noise.id]
    both = links_from(session, new, by=world.clerk, proposed=True)
    assert {found.document.id for found in both} == {old.id, noise.id}
    assert standing_of(session, old, by=world.clerk).validity is Validity.IN_FORCE


def test_a_document_one_may_not_read_changes_nothing_one_sees(session, world, old, new, noise):
    services.relate(session, new, old, RelationKind.REPLACES, by=world.clerk)
    assert standing_of(session, old, by=world.researcher).validity is Validity.EXPIRED
    new.archived_at = None
    session.flush()
    for who, expected in ((world.researcher, Validity.IN_FORCE), (world.clerk, Validity.EXPIRED)):
        assert standing_of(session, old, by=who).validity is expected
        many = standings_of(session, [old, noise], by=who)
        assert many[old.id].validity is expected
        assert many[noise.id].validity is Validity.IN_FORCE
    assert links_to(session, old, by=world.researcher) == []


@pytest.mark.parametrize("typed", ["05-NQ/TU", "5-nq/tu", "số 05 - NQ/TU"])
def test_a_number_as_typed_finds_the_document(session, world, old, new, noise, typed):
    found = services.find_target(session, new, typed.upper().replace("SỐ ", ""), by=world.clerk)
    assert [one.id for one in found] == [old.id]


def test_a_number_that_fits_several_or_none(session, world, old, new):
    twin = filed(session, world, issued_on=date(2016, 1, 5))
    found = services.find_target(session, new, "05-NQ/TU", by=world.clerk)
    assert {one.id for one in found} == {old.id, twin.id}
    assert services.find_target(session, new, "không có số", by=world.clerk) == []
    assert services.find_target(session, new, "05-NQ/TU", by=world.outsider) == []
