"""A count is the length of the list behind it; what is hidden changes no count, order or way."""

import random
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from meetings import clock
from meetings.archive import queries
from meetings.archive.facets.views import Narrowing, filters_of
from meetings.archive.kept.facets import Facet, Filters
from meetings.archive.kept.ordering import Sort
from meetings.documents.relations.queries import BINDING, standings_of
from meetings.models import (
    AccessLevel,
    Document,
    DocumentType,
    Relation,
    RelationKind,
    RelationState,
    Term,
    User,
)
from tests import factories

KINDS = (DocumentType.RESOLUTION, DocumentType.REPORT, DocumentType.DECISION)
DAYS = (None, date(2022, 3, 1), date(2024, 5, 20), date(2026, 1, 5))
ISSUERS = ("", "Tỉnh ủy", "TỈNH UỶ", "Ban Tổ chức & <b>Kiểm tra</b>", "Sở" + " Nội vụ" * 45)
SIGNERS = ("", "Giàng A Páo", "Lò Thị Mai", "Lò Thị Mái")
ASKED = (
    {},
    {"sort": "oldest"},
    {"sort": "number"},
    {"type": "resolution"},
    {"validity": "expired"},
    {"term": "2020-2025", "sort": "number"},
    {"year": "2024"},
    {"issuer": "tỉnh uỷ", "whole": "signer"},
    {"signer": "Lò Thị Mai", "type": "report"},
)


class Maker:
    """Documents of an office by chance, seen ones and hidden ones."""

    def __init__(self, session, world, seed):
        self.session, self.world, self.chance = session, world, random.Random(seed)

    def seen(self, body=None, **changes) -> Document:
        chance = self.chance
        values = {
            "doc_type": chance.choice(KINDS),
            "issued_on": chance.choice(DAYS),
            "issuer": chance.choice(ISSUERS),
            "signer": chance.choice(SIGNERS),
            "symbol": chance.choice(("", "7-NQ/TU", "12-BC/TU")),
            "in_force_until": chance.choice((None, None, date(2025, 6, 1))),
            "archived_at": clock.now(),
        }
        return factories.document(self.session, body or self.world.office, **values | changes)

    def hidden(self) -> Document:
        """Make what a researcher may not read, for one reason of several."""
        why = self.chance.choice(("draft", "level", "bin", "body"))
        match why:
            case "draft":
                return self.seen(archived_at=None)
            case "level":
                return self.seen(access_level=AccessLevel.RESTRICTED)
            case "bin":
                return self.seen(discarded_at=clock.now())
        return self.seen(self.world.commune)

    def acts(self, one: Document, other: Document) -> None:
        values = {"kind": RelationKind.REPLACES, "state": RelationState.CONFIRMED}
        row = Relation(source_id=one.id, target_id=other.id, since=date(2024, 1, 1), **values)
        factories.add(self.session, row)


@pytest.fixture
def terms(session, world):
    for body in (world.office, world.commune):
        for day in (date(2020, 10, 15), date(2025, 9, 26)):
            factories.add(session, Term(body_id=body.id, starts_on=day))


@pytest.fixture
def ask(session, installation, world):
    """Return the archive's answer to an address, to the researcher or another person."""

    def answered(words="", by=None, among=None, page=1, per_page=100, **said):
        with installation.database.reading() as reading:
            who = reading.get(User, (by or world.researcher).id)
            return queries.search(
                reading,
                installation,
                words,
                filters_of(said),
                by=who,
                page=page,
                per_page=per_page,
                among=among,
            )

    return answered


def ids(answer):
    return [one.document.id for one in answer.found]


def shape(answer):
    return ids(answer), answer.total, answer.offers, answer.pages


@pytest.mark.parametrize("seed", range(4))
def test_what_is_hidden_changes_no_count_no_order_and_no_way(session, world, terms, ask, seed):
    make = Maker(session, world, seed)
    seen = [make.seen() for _ in range(12)]
    make.acts(seen[0], seen[1])
    session.commit()
    before = [shape(ask(**said)) for said in ASKED]
    assert before[0][1] == 12
    hidden = [make.hidden() for _ in range(14)]
    for one, other in zip(hidden, seen, strict=False):
        make.acts(one, other)
    session.commit()
    assert [shape(ask(**said)) for said in ASKED] == before, "they came"
    for one in hidden:
        one.issuer, one.issued_on, one.symbol = "Ban Kín", date(2026, 6, 6), "1-NQ/TU"
    session.commit()
    assert [shape(ask(**said)) for said in ASKED] == before, "they changed"
    for one in hidden:
        session.delete(one)
    session.commit()
    assert [shape(ask(**said)) for said in ASKED] == before, "they went"
    make.seen(issuer="Ban Mới")
    session.commit()
    assert shape(ask()) != before[0], "one that is shown does count"


@pytest.mark.parametrize("seed", range(2))
def test_each_hit_says_whether_it_holds_as_its_own_page_does(session, world, ask, seed):
    make = Maker(session, world, seed)
    seen = [make.seen() for _ in range(14)]
    for one, other in ((make.hidden(), seen[0]), (seen[1], seen[2]), (seen[2], seen[3])):
        make.acts(one, other)
    session.commit()
    found = ask().found
    assert {one.document.id for one in found} == {one.id for one in seen}
    own = standings_of(session, [one.document for one in found], by=world.researcher)
    for one in found:
        binding = one.document.doc_type in BINDING
        assert one.validity == (own[one.document.id].validity if binding else None)
    assert len({one.validity for one in found}) > 2


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("chosen", [{}, {"type": "report"}, {"issuer": "Tỉnh ủy", "year": "2024"}])
def test_behind_each_value_lie_as_many_as_it_says(session, world, terms, ask, seed, chosen):
    make = Maker(session, world, seed)
    for _ in range(24):
        make.seen()
        make.hidden()
    session.commit()
    ways = 0
    for whole in Facet:
        answer = ask(whole=whole, **chosen)
        narrowing = Narrowing("", filters_of({"whole": whole, **chosen}), "/archive")
        for group in narrowing.groups(answer.offers, answer.total):
            for one in group.choices:
                said = dict(parse_qsl(urlsplit(one.address).query))
                behind = ask(**(chosen if one.current else said))
                assert len(set(ids(behind))) == behind.total == one.count, (group.name, one)
                ways += 1
    assert ways > 12


@pytest.mark.parametrize("sort", Sort)
def test_of_one_day_and_number_each_stands_on_one_page_and_stays_there(session, world, ask, sort):
    make = Maker(session, world, 1)
    same = {"issued_on": date(2024, 5, 20), "symbol": "7-NQ/TU"}
    made = [make.seen(**same).id for _ in range(13)]
    session.commit()

    def leaves():
        return [ids(ask(sort=sort, page=page, per_page=4)) for page in (1, 2, 3, 4)]

    before = leaves()
    flat = [one for leaf in before for one in leaf]
    assert sorted(flat) == sorted(made)
    assert flat == ids(ask(sort=sort)), "the pages are the list, cut"
    for _ in range(6):
        make.seen(**same, access_level=AccessLevel.RESTRICTED)
    session.get_one(Document, made[5]).title = "Tên khác"
    session.commit()
    assert leaves() == before


@pytest.mark.parametrize("sort", Sort)
def test_found_by_words_too_equals_keep_their_places(file, world, ask, sort):
    same = {"issued_on": date(2024, 5, 20), "symbol": "7-NQ/TU", "title": "Nghị quyết"}
    made = [file(world.office, "sắp xếp bộ máy", **same).id for _ in range(5)]
    file(world.office, "sắp xếp bộ máy", **same | {"archived_at": None})
    leaves = [ids(ask("bộ máy", sort=sort, page=page, per_page=2)) for page in (1, 2, 3)]
    assert sorted(one for leaf in leaves for one in leaf) == sorted(made)
    assert [one for leaf in leaves for one in leaf] == ids(ask("bộ máy", sort=sort))


@pytest.fixture
def replaced(session, world, installation):
    """A decision of 2022 that one of 2024 replaced, and one of 2022 that holds."""
    make = Maker(session, world, 2)
    facts = {"doc_type": DocumentType.DECISION, "in_force_until": None}
    old, still = (make.seen(**facts, issued_on=date(2022, 3, 1)) for _ in range(2))
    new = make.seen(**facts, issued_on=date(2024, 5, 20))
    make.acts(new, old)
    session.commit()
    return old, still, new


def counts(answer, facet):
    [offer] = [one for one in answer.offers if one.facet is facet]
    return {one.value: one.count for one in offer.values}


def test_what_acts_from_outside_the_question_acts_all_the_same(session, world, ask, replaced):
    old, still, _new = replaced
    assert counts(ask(), Facet.VALIDITY) == {"in_force": 2, "expired": 1}
    typed = ask("năm:2022")
    assert counts(typed, Facet.VALIDITY) == {"in_force": 1, "expired": 1}
    assert ids(ask("năm:2022", validity="expired")) == [old.id]
    assert ids(ask("năm:2022", validity="in_force")) == [still.id]
    assert ids(ask("năm:2022 hiệu lực:hết")) == ids(ask("năm:2022", validity="expired"))


def test_what_acts_from_outside_a_meeting_acts_on_its_papers(session, sign_in, world, replaced):
    old, still, _new = replaced
    for document in (old, still):
        factories.paper(session, world.item, document)
    session.commit()
    at = f"/meetings/{world.meeting.id}/search"
    clerk = sign_in(world.clerk)
    page = clerk.get(f"{at}?validity=expired").text
    assert f"/documents/{old.id}?" in page
    assert f"/documents/{still.id}?" not in page
    assert f"/documents/{old.id}?" not in clerk.get(f"{at}?validity=in_force").text


def test_who_may_not_read_what_acts_sees_it_hold(session, ask, replaced):
    old, _still, new = replaced
    session.get_one(Document, new.id).archived_at = None
    session.commit()
    assert ids(ask(validity="expired")) == []
    assert old.id in ids(ask(validity="in_force"))


def test_the_days_on_which_it_begins_and_ends_count(session, world, ask):
    today = clock.today()
    day = timedelta(days=1)
    make = Maker(session, world, 3)
    facts = {"doc_type": DocumentType.REGULATION, "issued_on": date(2022, 3, 1)}
    made = {
        "in_force": {"in_force_until": today, "in_force_from": today},
        "pending": {"in_force_from": today + day, "in_force_until": None},
        "expired": {"in_force_until": today - day},
        "unknown": {"issued_on": None, "in_force_until": None},
    }
    made = {name: make.seen(**facts | changes).id for name, changes in made.items()}
    make.seen(doc_type=DocumentType.REPORT)
    session.commit()
    assert {name: ids(ask(validity=name)) for name in made} == {n: [i] for n, i in made.items()}


def test_an_empty_archive_offers_nothing(ask, world):
    for said in ({}, {"type": "report"}, {"term": "2020-2025", "whole": "term"}):
        answer = ask(**said)
        assert (answer.total, answer.pages, answer.found) == (0, 1, [])
        assert not any(offer.values for offer in answer.offers)
    chosen = Filters({Facet.TYPE: "report"})
    assert list(Narrowing("", chosen, "/archive").groups(answer.offers, 0)) == []
