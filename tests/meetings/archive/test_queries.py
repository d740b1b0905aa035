"""Search for a person: filters, facets, the page to open, and nothing told of what is hidden."""

import shutil
from collections import Counter
from datetime import date
from itertools import product

import pytest

from meetings.archive import queries
from meetings.archive.kept.facets import Facet, Filters
from meetings.archive.kept.ordering import Sort
from meetings.models import AccessLevel, DocumentType, Role
from tests import factories

KINDS = (DocumentType.RESOLUTION, DocumentType.REPORT, DocumentType.PLAN)
YEARS = (2024, 2025, None)


@pytest.fixture
def ask(session, installation):
    """Return a search as a person."""

    def answer(text, *, by, page=1, sort=Sort.RELEVANCE, **chosen):
        session.expire_all()
        filters = Filters({Facet(name): str(value) for name, value in chosen.items()}, sort)
        return queries.search(session, installation, text, filters, by=by, page=page)

    return answer


@pytest.fixture
def neighbour(session, world):
    """Return the researcher of the commune, who reads what the province does not."""
    return factories.user(session, (Role.RESEARCHER, world.commune))


def ids(answer) -> list:
    return [found.document.id for found in answer.found]


@pytest.fixture
def shelf(world, file):
    """Return a document for each type and year, the resolutions twice."""
    return [
        file(
            world.office,
            "Báo cáo ngân sách",
            doc_type=kind,
            issued_on=date(year, 5, 19) if year else None,
        )
        for kind, year in product((*KINDS, DocumentType.RESOLUTION), YEARS)
    ]


def fits(document, **chosen):
    year = chosen.get("year")
    of_year = year is None or (document.issued_on and document.issued_on.year == year)
    return chosen.get("type") in (None, document.doc_type) and of_year


def offered(answer, facet):
    [offer] = [offer for offer in answer.offers if offer.facet is facet]
    return [(each.value, each.count) for each in offer.values]


@pytest.mark.parametrize("text", ["", "ngan sach"])
@pytest.mark.parametrize(
    "filters",
    [{}, {"type": KINDS[0]}, {"year": 2024}, {"type": KINDS[1], "year": 2025}],
)
def test_filters_narrow_the_list_and_all_facets_but_their_own(
    ask, world, shelf, text: str, filters
):
    answer = ask(text, by=world.researcher, **filters)
    kept = {document.id for document in shelf if fits(document, **filters)}
    assert answer.total == len(kept)
    assert set(ids(answer)) <= kept
    assert len(answer.found) == min(len(kept), queries.PER_PAGE)
    year, kind = filters.get("year"), filters.get("type")
    kinds = Counter(one.doc_type for one in shelf if fits(one, year=year))
    years = Counter(
        str(one.issued_on.year) for one in shelf if one.issued_on and fits(one, type=kind)
    )
    assert dict(offered(answer, Facet.TYPE)) == kinds
    assert offered(answer, Facet.YEAR) == sorted(years.items(), reverse=True)


def test_the_pages_of_a_list_divide_it(ask, world, shelf):
    pages = [ids(ask("ngân sách", by=world.researcher, page=page)) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 2, 2]
    assert pages[2] == pages[1], "past the last page there is the last one"
    assert {identity for page in pages for identity in page} == {each.id for each in shelf}


def test_types_stand_by_how_many_there_are(ask, world, shelf):
    counts = [count for _, count in offered(ask("", by=world.researcher), Facet.TYPE)]
    assert counts == sorted(counts, reverse=True) == [6, 3, 3]


def test_facets_count_the_matches_and_nothing_else(ask, world, file):
    file(world.office, "Dự toán ngân sách", doc_type=KINDS[0], issued_on=date(2024, 1, 1))
    file(world.office, "Công tác cán bộ", doc_type=KINDS[1], issued_on=date(2025, 1, 1))
    answer = ask("du toan", by=world.researcher)
    assert offered(answer, Facet.TYPE) == [(KINDS[0], 1)]
    assert offered(answer, Facet.YEAR) == [("2024", 1)]


@pytest.mark.parametrize("page", [1, 2, 3])
def test_the_page_to_open_is_where_the_words_are(ask, world, file, page: int):
    texts = ["Phần mở đầu", "Phần nội dung", "Phần kết thúc"]
    texts[page - 1] += " có đập thủy lợi"
    document = file(world.office, *texts)
    file(world.office, "Không liên quan")
    [found] = ask("dap thuy loi", by=world.researcher).found
    assert (found.document.id, found.page) == (document.id, page)
    assert "đập thủy lợi" in "".join(piece for piece, hit in found.snippet if hit)
    assert "".join(piece for piece, _ in found.snippet) == texts[page - 1]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("đập thủy lợi" + " sau đó" * 99, "", " …"),
        ("trước đó " * 99 + "đập thủy lợi", "… ", ""),
        ("trước đó " * 99 + "đập thủy lợi" + " sau đó" * 99, "… ", " …"),
    ],
)
def test_dots_say_where_the_text_goes_on(ask, world, file, text: str, before: str, after: str):
    file(world.office, text)
    file(world.office, "Không liên quan")
    [found] = ask("dap thuy loi", by=world.researcher).found
    shown = "".join(piece for piece, _ in found.snippet)
    assert shown.startswith(before or "đập")
    assert shown.endswith(after or "lợi")


def test_without_a_question_every_document_opens_at_its_first_page(ask, world, shelf):
    answer = ask("", by=world.researcher)
    assert {found.page for found in answer.found} == {1}
    assert all(found.snippet == [] for found in answer.found)


def test_the_newest_come_first_and_those_without_a_day_last(ask, world, file):
    days = (date(2024, 1, 1), None, date(2026, 1, 1), date(2025, 1, 1))
    made = {day: file(world.office, "Báo cáo", issued_on=day) for day in days}
    ordered = [made[day].id for day in (days[2], days[3], days[0], days[1])]
    assert ids(ask("", by=world.researcher)) == ordered


@pytest.mark.parametrize("text", ["", "ngân sách"])
def test_a_list_has_the_order_that_was_asked_for(ask, world, file, text: str):
    facts = {
        "old": ("9-KL/TU", date(2023, 5, 1)),
        "new": ("10-KL/TU", date(2025, 5, 1)),
        "middle": ("9-NQ/TU", date(2024, 5, 1)),
        "bare": ("", None),
    }
    made = {
        file(world.office, "Ngân sách " * at, symbol=symbol, issued_on=day).id: name
        for at, (name, (symbol, day)) in enumerate(facts.items(), start=1)
    }
    file(world.commune, "Ngân sách", symbol="1-KL/TU", issued_on=date(2026, 1, 1))

    def order(sort):
        return [made[each] for each in ids(ask(text, by=world.researcher, sort=sort))]

    assert order(Sort.NEWEST) == ["new", "middle", "old", "bare"]
    assert order(Sort.OLDEST) == ["old", "middle", "new", "bare"]
    assert order(Sort.NUMBER) == ["middle", "old", "new", "bare"]
    newest = ask(text, by=world.researcher, sort=Sort.NEWEST, year=2024)
    assert [made[each] for each in ids(newest)] == ["middle"]


def facts(answer):
    return ids(answer), answer.total, [offer for offer in answer.offers if offer.values]


@pytest.mark.parametrize("text", ["", "ngan sach", '"ngân sách"'])
def test_hidden_documents_change_neither_order_nor_totals(ask, world, neighbour, file, text: str):
    mine = [file(world.office, "Ngân sách xã", *["Chi " * n + "ngân sách"]) for n in (1, 40, 9)]
    before = facts(ask(text, by=world.researcher))
    assert set(before[0]) == {document.id for document in mine}
    theirs = [file(world.commune, "ngân sách " * n, doc_type=KINDS[2]) for n in (1, 8, 30)]
    assert facts(ask(text, by=world.researcher)) == before
    assert set(ids(ask(text, by=neighbour))) == {document.id for document in theirs}


@pytest.mark.parametrize(
    "hidden", [{"archived_at": None}, {"access_level": AccessLevel.RESTRICTED}]
)
def test_what_is_not_archived_or_above_the_clearance_stays_unseen(ask, world, file, hidden):
    seen = file(world.office, "Ngân sách")
    before = facts(ask("ngân sách", by=world.researcher))
    file(world.office, "Ngân sách", **hidden)
    assert facts(ask("ngân sách", by=world.researcher)) == before
    assert before[0] == [seen.id]


@pytest.mark.parametrize("who", ["outsider", "administrator", "delegate"])
def test_who_reads_nothing_is_told_of_nothing(ask, world, shelf, who: str):
    for text in ("", "ngan sach"):
        assert facts(ask(text, by=getattr(world, who))) == ([], 0, [])


@pytest.fixture
def described(world, file):
    """Return two documents that differ in every field."""
    return {
        "resolution": file(
            world.office,
            "Phát triển kinh tế rừng",
            title="Nghị quyết rừng",
            doc_type=DocumentType.RESOLUTION,
            issued_on=date(2024, 5, 20),
            issuer="Tỉnh ủy Lào Cai",
            signer="Giàng A Páo",
        ),
        "report": file(
            world.office,
            "Phát triển kinh tế rừng và biển",
            title="Báo cáo rừng",
            doc_type=DocumentType.REPORT,
            issuer="Đảng ủy xã Tân Lập",
            signer="Lò Văn Thắng",
        ),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rừng", {"resolution", "report"}),
        ("rừng loại:nghị quyết", {"resolution"}),
        ("rừng -loai:NQ", {"report"}),
        ("rừng năm:2024", {"resolution"}),
        ("rừng năm:2021..2023", set()),
        ("rừng -năm:2024", {"report"}),
        ("rừng ngày:20/5/2024", {"resolution"}),
        ("rừng cơ quan:Tỉnh uỷ", {"resolution"}),
        ("co quan:tan lap", {"report"}),
        ("người ký:Páo, rừng", {"resolution"}),
        ("-nguoi ky:pao", {"report"}),
        ("rừng hiệu lực:còn", {"resolution"}),
        ("rừng hiệu lực:hết", set()),
        ("rừng -hiệu lực:còn", {"report"}),
    ],
)
def test_fields_that_are_typed_narrow_the_list(ask, world, described, text: str, expected):
    names = {document.id: name for name, document in described.items()}
    assert {names[each] for each in ids(ask(text, by=world.researcher))} == expected


def test_what_was_asked_of_fields_is_told(ask, world, described):
    answer = ask("rừng loại:NQ năm:2024", by=world.researcher)
    assert [each.source for each in answer.asked] == ["loại:NQ", "năm:2024"]
    assert (answer.nearest, answer.suggestion) == (False, None)


def test_a_mistyped_word_is_put_right_and_its_filters_stay(ask, world, described):
    answer = ask("kih tế loại:NQ", by=world.researcher)
    assert answer.suggestion == "kinh tế loại:NQ"
    assert ids(answer) == [described["resolution"].id]
    assert answer.nearest


def test_nothing_is_suggested_to_who_may_not_read_it(ask, world, described):
    answer = ask("kih tế", by=world.outsider)
    assert (answer.suggestion, answer.found) == (None, [])


def test_the_last_word_of_an_unfinished_text_may_go_on(session, installation, world, described):
    def total(*, unfinished):
        asked = {"by": world.researcher, "page": 1, "unfinished": unfinished}
        return queries.search(session, installation, "kinh tế rừ", Filters(), **asked)

    assert total(unfinished=True).total == 2
    assert not total(unfinished=True).nearest
    assert total(unfinished=False).nearest


@pytest.fixture
def damaged(installation, described):
    """Return the described documents while the index cannot be read."""
    folder = installation.settings.index_folder
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "rubbish").touch()
    return described


@pytest.mark.parametrize(
    ("text", "filters", "expected"),
    [
        ("nghị quyết", {}, {"resolution"}),
        ("nghi quyet rung", {}, {"resolution"}),
        ("rừng", {}, {"resolution", "report"}),
        ("rừng", {"type": DocumentType.REPORT}, {"report"}),
        ("rừng", {"year": 2024}, {"resolution"}),
        ("kinh tế", {}, set()),
    ],
)
def test_titles_are_found_while_the_index_is_damaged(ask, world, damaged, text, filters, expected):
    answer = ask(text, by=world.researcher, **filters)
    names = {document.id: name for name, document in damaged.items()}
    assert {names[each] for each in ids(answer)} == expected
    assert answer.degraded
    assert answer.total == len(expected)


def test_who_may_read_nothing_finds_no_title_either(ask, world, damaged):
    assert facts(ask("rừng", by=world.outsider)) == ([], 0, [])


def test_numbers_are_found_while_the_index_is_damaged(ask, world, file, damaged, session):
    damaged["report"].symbol = "07-BC/VP"
    session.commit()
    assert ids(ask("07-BC/VP", by=world.researcher)) == [damaged["report"].id]


def test_without_a_question_nothing_is_missed_of_a_damaged_index(ask, world, damaged):
    answer = ask("", by=world.researcher)
    assert (answer.total, answer.degraded) == (2, False)


@pytest.mark.parametrize("text", ["", "ngan sach"])
def test_a_page_past_the_end_of_a_narrowed_list_is_its_last(ask, world, shelf, text):
    last = ask(text, by=world.researcher, type=DocumentType.RESOLUTION, page=9)
    assert (last.page, last.pages, last.total, len(last.found)) == (1, 1, 6, 6)
    assert {found.document.doc_type for found in last.found} == {DocumentType.RESOLUTION}


def test_what_is_lost_now_is_gone_from_results_now(session, ask, world, shelf):
    lost = shelf[0]
    assert lost.id in {found.document.id for found in ask_all(ask, world)}
    lost.access_level = AccessLevel.RESTRICTED
    session.commit()
    assert lost.id not in {found.document.id for found in ask_all(ask, world)}


def ask_all(ask, world):
    pages = (1, 2)
    return [one for page in pages for one in ask("ngan sach", by=world.researcher, page=page).found]
