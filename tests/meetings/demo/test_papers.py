import re
from collections import Counter, defaultdict
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest

from meetings.demo.papers import References, _source, read_papers
from meetings.demo.province import bodies, meetings, people
from meetings.models import AccessLevel, DocumentType
from meetings.press.document import Document, Regime
from meetings.press.layouts import lay_out

TODAY = date(2026, 11, 25)
LOADING_DAYS = [TODAY, date(2026, 12, 31), date(2027, 3, 1)]
CITED = re.compile(r"số (\d+(?:-[A-ZĐa-z]+/(?:TU|VPTU|BTCTU|UBKTTU|BTGDVTU|BNCTU)|/[A-ZĐ]+-UBND))")
DATED = re.compile(r"số (\d+[-/][\w-]+(?:/\w+)?),? ngày (\d+)/(\d+)/(\d{4})")


@pytest.fixture(scope="module")
def papers():
    return read_papers(TODAY)


def strings(value):
    """Every text inside a document."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)


def text_of(paper):
    return "\n".join(strings(paper.document))


def term_of(paper):
    """The scope of a number: a Party body's term of office, a State body's year."""
    if paper.issuer.is_state:
        return paper.issued_on.year
    return max(start for start in paper.issuer.terms if start <= paper.issued_on)


# --- the collection


def test_the_demo_has_forty_papers_of_many_kinds_over_six_years(papers):
    assert len(papers) == 40
    kinds = Counter(paper.doc_type for paper in papers.values())
    assert len(kinds) >= 14
    assert {paper.issued_on.year for paper in papers.values()} == set(range(2021, 2027))


def test_kinds_and_levels_are_those_of_the_models(papers):
    kinds = {kind.value for kind in DocumentType}
    levels = {level.name.lower() for level in AccessLevel}
    assert {paper.doc_type for paper in papers.values()} <= kinds
    assert {paper.access for paper in papers.values()} == levels


def test_all_three_regimes_occur_and_follow_from_body_and_day(papers):
    regimes = Counter(paper.document.regime for paper in papers.values())
    assert min(regimes[regime] for regime in Regime) >= 5
    for paper in papers.values():
        assert (paper.document.regime is Regime.STATE_2020) == paper.issuer.is_state
        if not paper.issuer.is_state:
            new = paper.issued_on >= date(2026, 5, 27)
            assert paper.document.regime is (Regime.PARTY_2026 if new else Regime.PARTY_2018)


def test_no_paper_repeats_the_sentences_of_another(papers):
    seen = defaultdict(set)
    for paper in papers.values():
        for block in paper.document.body:
            for sentence in re.split(r"(?<=[.;]) ", getattr(block, "text", "")):
                if len(sentence.split()) > 15:
                    seen[sentence].add(paper.key)
    assert len(seen) > 300
    assert [keys for keys in seen.values() if len(keys) > 1] == []


def test_no_paper_bears_a_mark_of_state_secrecy(papers):
    mark = re.compile(r"^\W*(?:TUYỆT|TỐI)?\s*M[ẬÂ]T\W*$", re.MULTILINE | re.IGNORECASE)
    for paper in papers.values():
        assert not mark.search(text_of(paper)), paper.key


# --- numbers and days


@pytest.mark.parametrize("today", LOADING_DAYS)
def test_a_number_is_given_once_and_grows_with_the_days_of_its_run(today):
    runs = defaultdict(list)
    for paper in read_papers(today).values():
        if paper.number:
            key = (paper.issuer.symbol, paper.issuer.heading, paper.doc_type, term_of(paper))
            runs[key].append((paper.issued_on, paper.number))
    assert sum(len(run) > 1 for run in runs.values()) >= 4
    for run in runs.values():
        numbers = [number for _, number in sorted(run)]
        assert all(first < second for first, second in pairwise(numbers)), run


@pytest.mark.parametrize("today", LOADING_DAYS)
def test_a_paper_cites_only_what_was_there_before(today):
    papers = read_papers(today)
    cited = [(paper, papers[key]) for paper in papers.values() for key in paper.cites]
    assert len(cited) > 80
    for paper, earlier in cited:
        assert earlier.issued_on <= paper.issued_on, (paper.key, earlier.key)


def test_fixed_days_of_issue_are_working_days(papers):
    later = read_papers(TODAY + timedelta(days=1))
    fixed = [paper for key, paper in papers.items() if paper.issued_on == later[key].issued_on]
    assert len(fixed) > 15
    assert all(paper.issued_on.weekday() < 5 for paper in fixed)


def test_papers_of_a_meeting_are_issued_before_it_and_its_notice_after(papers):
    plan = meetings(TODAY)
    laid = [paper for paper in papers.values() if paper.meeting]
    assert len(laid) > 15
    for paper in laid:
        notice = paper.doc_type == "notice"
        assert (paper.issued_on > plan[paper.meeting].day) == notice, paper.key


def test_issuers_existed_when_they_issued(papers):
    assert all(paper.issued_on >= paper.issuer.opened_on for paper in papers.values())


# --- references


@pytest.mark.parametrize("today", LOADING_DAYS)
def test_every_symbol_of_the_province_in_a_text_belongs_to_a_paper(today):
    papers = read_papers(today)
    known = {paper.symbol for paper in papers.values()}
    mentioned = Counter(s for paper in papers.values() for s in CITED.findall(text_of(paper)))
    assert sum(mentioned.values()) > 100
    assert mentioned.keys() <= known
    assert mentioned["436-KL/TU"] > 20


def test_every_dated_citation_gives_the_day_of_that_paper(papers):
    issued = defaultdict(set)
    for paper in papers.values():
        issued[paper.symbol].add(paper.issued_on)
    checked = 0
    for paper in papers.values():
        for symbol, day, month, year in DATED.findall(text_of(paper)):
            assert date(int(year), int(month), int(day)) in issued[symbol], (paper.key, symbol)
            checked += 1
    assert checked > 40


def test_nothing_is_left_unresolved(papers):
    for paper in papers.values():
        for trace in ("[[", "]]", "{{", "**", "+++"):
            assert trace not in text_of(paper), paper.key
            assert trace not in paper.abstract


def test_one_resolution_replaces_another_and_says_so(papers):
    assert ("replaces", "nq-05") in papers["nq-08"].relations
    assert "thay thế Nghị quyết số 05-NQ/TU" in text_of(papers["nq-08"])
    kinds = {key: {kind for kind, _ in paper.relations} for key, paper in papers.items()}
    assert [key for key, done in kinds.items() if "replaces" in done] == ["nq-08"]


def test_a_resolution_has_its_plan_conclusion_review_and_successor(papers):
    around = {(kind, target) for paper in papers.values() for kind, target in paper.relations}
    assert {("implements", "nq-03"), ("reviews", "nq-03"), ("replaces", "nq-05")} <= around
    for paper in papers.values():
        for _kind, target in paper.relations:
            assert papers[target].issued_on < paper.issued_on
            assert target in paper.cites or papers[target].symbol in paper.abstract


def test_the_conclusion_is_cited_by_plans_reports_and_the_state(papers):
    citing = [paper for paper in papers.values() if "kl-436" in paper.cites]
    assert {"plan", "report", "speech", "decision"} <= {paper.doc_type for paper in citing}
    assert any(paper.issuer.is_state for paper in citing)
    assert "kl-436" not in papers["kl-436"].cites


def test_owners_signers_meetings_and_items_exist(papers):
    plan, names = meetings(TODAY), {person.name for person in people().values()}
    for paper in papers.values():
        assert paper.owner.key in bodies()
        assert paper.document.signature.name in names
        assert bool(paper.meeting) == bool(paper.item)
        if paper.meeting:
            assert paper.item in {item.number for item in plan[paper.meeting].items}, paper.key


def test_what_the_state_sends_is_kept_by_the_party_office(papers):
    received = [paper for paper in papers.values() if paper.issuer.is_state]
    assert {paper.owner.key for paper in received} == {"van-phong"}
    assert papers["kl-436"].owner == papers["kl-436"].issuer


def test_signers_held_a_post_that_lets_them_sign(papers):
    by_name = {person.name: person for person in people().values()}
    shared = {"tinh-uy": "ban-thuong-vu", "ban-chap-hanh": "ban-thuong-vu"}
    for paper in papers.values():
        signature = paper.document.signature
        posts = by_name[signature.name].posts
        where = {post.body for post in posts if post.held_on(paper.issued_on)}
        by_order = signature.capacity.startswith("T/L") and "van-phong" in where
        wanted = shared.get(paper.issuer.key, paper.issuer.key)
        assert by_order or wanted in where, paper.key


def test_the_province_committee_signs_as_its_time_wants(papers):
    capacities = {
        paper.document.regime: paper.document.signature.capacity
        for paper in papers.values()
        if paper.issuer.key == "ban-chap-hanh"
    }
    assert capacities[Regime.PARTY_2018] == "T/M BAN CHẤP HÀNH"
    assert capacities[Regime.PARTY_2026] == "T/M TỈNH UỶ"


# --- what the journeys need


def test_the_running_conference_has_its_papers_at_their_items(papers):
    laid = {paper.item for paper in papers.values() if paper.meeting.startswith("so-ket")}
    assert laid == {"1", "2", "4.1", "4.2", "5.1", "5.2", "5.3", "8", "9"}


def test_some_items_of_tomorrow_still_wait_for_a_paper(papers):
    tomorrow = meetings(TODAY)["thuong-vu-cuoi-nam"]
    laid = {paper.item for paper in papers.values() if paper.meeting == tomorrow.key}
    waiting = [item for item in tomorrow.items if item.number not in laid and not item.items]
    assert laid
    assert {item.number for item in waiting} >= {"1.2", "3", "4"}


def test_a_draft_has_no_number_and_no_day_but_says_which_draft_it_is(papers):
    drafts = [paper for paper in papers.values() if paper.document.draft]
    assert len(drafts) == 2
    for paper in drafts:
        assert (paper.number, paper.symbol, paper.document.issued_on) == (0, "", None)
        assert paper.document.symbol.endswith("/TU")
        assert not paper.document.signature.signed
    assert papers["kl-436"].document.signature.signed


def test_one_paper_is_not_released_yet(papers):
    assert [paper.key for paper in papers.values() if not paper.released] == ["kl-du-thao"]


def test_a_paper_without_a_meeting_belongs_to_the_archive_alone(papers):
    archived = [paper for paper in papers.values() if not paper.meeting]
    assert len(archived) > 15
    assert all(paper.released and not paper.document.draft for paper in archived)


def test_the_symbol_has_the_form_of_its_issuer(papers):
    assert papers["kl-436"].symbol == "436-KL/TU"
    assert papers["nq-03"].symbol == "03-NQ/TU"
    assert papers["kh-ubnd-58"].symbol == "58/KH-UBND"
    assert papers["cv-ubnd-1846"].symbol == "1846/UBND-NN"
    assert papers["tl-muong-lau"].symbol == papers["tl-muong-lau"].document.symbol == ""


def test_a_title_names_the_type_first(papers):
    assert papers["nq-08"].title.startswith("Nghị quyết về đột phá")


def test_every_paper_can_be_laid_out(papers):
    for paper in papers.values():
        assert isinstance(paper.document, Document)
        assert paper.document.signature.name in lay_out(paper.document)


# --- reading


FRONT = '+++\ntype = "report"\nnumber = 7\nbody = "ban-noi-chinh"\nabstract = "về việc thử"\n'


@pytest.fixture
def references():
    source = _source("bc-7", f"{FRONT}issued = 2026-06-01\n+++\nNội dung.", TODAY)
    return References({"bc-7": source}, meetings(TODAY), TODAY)


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("[[bc-7]]", "Báo cáo số 07-BC/BNCTU"),
        ("[[bc-7 dated]]", "Báo cáo số 07-BC/BNCTU, ngày 01/6/2026 của Ban Nội chính Tỉnh uỷ"),
        ("[[so-ket-cai-cach-hanh-chinh day]]", "25/11/2026"),
        ("[[giao-ban-thuong-truc]]", "Giao ban Thường trực Tỉnh ủy với các cơ quan tham mưu"),
        ("[[+0]]", "25/11/2026"),
        ("[[+45]]", "09/01/2027"),
        ("[[-1]]", "24/11/2026"),
        ("không có gì", "không có gì"),
    ],
)
def test_a_reference_becomes_words(references, reference, words):
    assert references.resolve(reference).startswith(words)


def test_a_full_citation_ends_with_the_abstract(references):
    assert references.resolve("[[bc-7 full]]").endswith("của Ban Nội chính Tỉnh uỷ về việc thử")


@pytest.mark.parametrize("reference", ["[[bc-8]]", "[[bc-7 loud]]", "[[no-such-meeting day]]"])
def test_an_unknown_reference_is_refused(references, reference):
    with pytest.raises(KeyError):
        references.resolve(reference)


def test_a_paper_is_dated_by_a_day_or_by_days_before_loading():
    fixed = _source("a", f"{FRONT}issued = 2026-06-01\n+++\n", TODAY)
    fresh = _source("b", f"{FRONT}days_ago = 4\n+++\n", TODAY)
    assert (fixed.issued_on, fresh.issued_on) == (date(2026, 6, 1), date(2026, 11, 21))
    with pytest.raises(KeyError):
        _source("c", f"{FRONT}+++\n", TODAY)
