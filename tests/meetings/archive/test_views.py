"""The archive page: found without accents and by number, one click from the marked page."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from meetings import clock, jobs
from meetings.archive import tasks
from meetings.documents import services
from meetings.models import AccessLevel, Document, DocumentType, Page
from search_index import DocumentEntry, PageEntry
from tests import factories, papers

BUDGET = ("Dự toán ngân sách năm 2027", "Chi thường xuyên")


@pytest.fixture
def reform(installation, world) -> Document:
    return filed(installation, world, papers.TEXTS, "03-NQ/TU", "Nghị quyết về cải cách", 2021)


@pytest.fixture
def budget(installation, world) -> Document:
    """The noise of every search for the reform."""
    return filed(installation, world, BUDGET, "96-TTr/ĐU", "Tờ trình về ngân sách", 2026)


def filed(installation, world, texts, symbol: str, title: str, year: int) -> Document:
    document = papers.taken_in(installation, world.office, content=papers.pdf(*texts))

    def describe(session) -> None:
        row = session.get_one(Document, document.id)
        services.describe(
            session,
            installation,
            row,
            title=title,
            doc_type=DocumentType.RESOLUTION if "NQ" in symbol else DocumentType.SUBMISSION,
            symbol=symbol,
            issued_on=clock.today().replace(year=year, day=1),
            issuer="Tỉnh ủy",
            signer="",
            access_level=AccessLevel.NORMAL,
        )
        services.archive(session, row)

    installation.database.write(describe)
    papers.work(installation)
    return document


def links(client, query: str) -> list[str]:
    html = client.get(f"/archive?{query}").get_data(as_text=True)
    return re.findall(r'href="/documents/([0-9a-f-]+)\?page=(\d+)', html)


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("nghi quyet cai cach", "1"),
        ("Nghị quyết cải cách", "1"),
        ("436-KL/TU", "2"),
        ("436 kl tu", "2"),
        ("phong hop khong giay", "2"),
        ("03-NQ/TU", "1"),
        ('"biểu số liệu"', "3"),
    ],
)
def test_the_document_is_found_at_the_page(sign_in, world, reform, budget, words, page: str):
    found = links(sign_in(world.researcher), f"q={words}")
    assert found == [(str(reform.id), page)]


def test_what_was_found_is_shown_with_its_marks(sign_in, world, reform, budget):
    html = sign_in(world.researcher).get("/archive?q=khong+giay").get_data(as_text=True)
    assert re.search(r"<mark>không giấy</mark>", html)


def test_nothing_asked_shows_the_newest_first(sign_in, world, reform, budget):
    found = [identity for identity, _ in links(sign_in(world.researcher), "")]
    assert found == [str(budget.id), str(reform.id)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [("type=resolution", "reform"), ("year=2026", "budget"), ("type=nonsense&year=x", "both")],
)
def test_results_narrow_down_by_type_and_year(
    sign_in, world, reform, budget, filters: str, expected: str
):
    found = {identity for identity, _ in links(sign_in(world.researcher), filters)}
    sets = {"reform": {reform.id}, "budget": {budget.id}, "both": {reform.id, budget.id}}
    assert found == {str(identity) for identity in sets[expected]}


def test_who_may_not_read_finds_nothing_and_no_count_betrays_it(sign_in, world, reform, budget):
    for user in (world.outsider, world.administrator, world.delegate):
        client = sign_in(user)
        assert links(client, "q=nghi quyet") == []
        assert links(client, "") == []
        html = client.get("/archive?q=nghi+quyet").get_data(as_text=True)
        assert "03-NQ/TU" not in html


def test_what_is_no_longer_archived_is_gone_at_once(installation, sign_in, world, reform, budget):
    def take_out(session) -> None:
        session.get_one(Document, reform.id).archived_at = None

    installation.database.write(take_out)
    assert links(sign_in(world.researcher), "q=cai cach") == []
    html = sign_in(world.clerk).get("/archive?q=cai+cach").get_data(as_text=True)
    assert str(reform.id) in html


def test_a_long_list_has_pages(sign_in, session, world):
    for number in range(23):
        factories.document(session, world.office, title=f"Văn bản {number}")
    session.commit()
    client = sign_in(world.clerk)
    seen = [identity for page in (1, 2, 3) for identity, _ in links(client, f"page={page}")]
    assert len(seen) == len(set(seen)) == 23
    assert links(client, "page=-3") == links(client, "page=1")
    assert links(client, "page=99") == links(client, "page=3") != []


@pytest.mark.parametrize("words", ['"', "-", "số:", "OR OR", "(" * 300, "\x00", "a" * 5000])
def test_any_text_is_answered(sign_in, world, reform, words: str):
    answer = sign_in(world.researcher).get("/archive", query_string={"q": words})
    assert answer.status_code == 200


def test_a_damaged_index_still_finds_titles_and_numbers(
    installation, sign_in, world, reform, budget
):
    folder = installation.settings.index_folder
    for file in folder.iterdir():
        if file.is_file():
            file.write_bytes(b"damaged")
    del installation.index
    client = sign_in(world.researcher)
    assert links(client, "q=nghi quyet ve cai") == [(str(reform.id), "1")]
    assert links(client, "q=03-NQ") == [(str(reform.id), "1")]
    assert 'class="notice' in client.get("/archive?q=cai").get_data(as_text=True)
    assert tasks.reconcile(installation) == 2
    papers.work(installation)
    assert links(client, "q=436-KL/TU") == [(str(reform.id), "2")]


def test_the_index_is_brought_in_step_with_the_database(installation, world, reform, budget):
    assert tasks.reconcile(installation) == 0
    installation.index.remove(str(reform.id))
    assert tasks.reconcile(installation) == 1
    papers.work(installation)
    assert installation.index.versions().keys() == {str(reform.id), str(budget.id)}


def test_what_is_in_no_table_leaves_the_index(installation, world, reform):
    gone = str(factories.new_id())
    pages = (PageEntry(1, "cải cách"),)
    orphan = DocumentEntry(
        document=gone, version=gone, symbol="1-KL/TU", title="Mồ côi", issued_on=0, pages=pages
    )
    installation.index.put(orphan)
    assert tasks.reconcile(installation) == 1
    papers.work(installation)
    assert installation.index.versions().keys() == {str(reform.id)}


def test_what_was_only_received_is_not_found_yet(installation, world, reform):
    waiting = papers.taken_in(installation, world.office, content=papers.pdf(*BUDGET))
    run = jobs.Run(installation, factories.new_id(), {"document": str(waiting.id)})
    tasks.renew(run)
    assert installation.index.versions().keys() == {str(reform.id)}


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_bytes(b"x" * 200)])
def test_a_damaged_page_costs_its_snippet_and_not_the_search(
    installation, sign_in, world, reform, budget, damage
):
    client = sign_in(world.researcher)
    assert "<mark>" in client.get("/archive?q=khong+giay").get_data(as_text=True)
    for file in blobs_of_texts(installation):
        file.chmod(0o600)
        damage(file)
    html = client.get("/archive?q=khong+giay").get_data(as_text=True)
    assert str(reform.id) in html
    assert "<mark>" not in html


def blobs_of_texts(installation) -> list[Path]:
    with installation.database.reading() as session:
        names = set(session.scalars(select(Page.text)))
    files = installation.settings.blobs_folder.rglob("*")
    return [file for file in files if file.is_file() and file.name in names]


def page_of(client, words: str, **more: str) -> str:
    return client.get("/archive", query_string={"q": words} | more).get_data(as_text=True)


def test_each_filter_is_a_chip_that_can_be_taken_away(sign_in, world, reform, budget):
    html = page_of(sign_in(world.researcher), "cải cách loại:nghị quyết năm:2021")
    chips = re.findall(r'<a class="button"\s+href="([^"]+)"\s+aria-label="Bỏ', html)
    assert len(chips) == 2
    assert "lo%E1%BA%A1i" not in chips[0]
    assert "n%C4%83m" in chips[0]
    assert "loại:nghị quyết" in html


def test_a_mistyped_word_is_asked_about(sign_in, world, reform, budget):
    html = page_of(sign_in(world.researcher), "phong hop khong gaiy")
    assert re.search(
        r'Có phải đồng chí tìm.*?<a href="[^"]+">phong hop khong giay</a>', html, re.DOTALL
    )


def test_the_nearest_are_shown_as_such(sign_in, world, reform, budget):
    client = sign_in(world.researcher)
    assert "Gần nhất" in page_of(client, "nghị quyết xyzxyz")
    assert "Gần nhất" not in page_of(client, "nghị quyết")
    assert "Gần nhất" not in page_of(client, "xyzxyz")


def test_a_result_says_whether_it_is_in_force(sign_in, world, reform, budget):
    client = sign_in(world.researcher)
    assert "Còn hiệu lực" in page_of(client, "nghị quyết hiệu lực:còn")
    assert "Còn hiệu lực" not in page_of(client, "nghị quyết hiệu lực:hết")


def test_a_text_that_goes_on_is_answered_by_its_beginning(sign_in, world, reform, budget):
    client = sign_in(world.researcher)
    part = page_of(client, "hành chí", typing="1")
    assert str(reform.id) in part
    assert str(budget.id) not in part
    assert "Gần nhất" not in part
    assert "Gần nhất" in page_of(client, "hành chí")


@pytest.mark.parametrize(
    "words",
    [
        "*",
        "***",
        "một " * 10_000,
        '"không đóng',
        "a\x00b\x07",
        "c\u0061\u0309i ca\u0301ch",
        "'; DROP TABLE document;--",
        "<script>alert(1)</script>",
        "năm:<b>x</b>",
        "cơ quan:<img src=x>",
        "loại:",
        "\ufffd\ufeff",
    ],
    ids=lambda words: words[:12],
)
def test_bad_input_is_answered_and_escaped(sign_in, world, reform, words: str):
    answer = sign_in(world.researcher).get("/archive", query_string={"q": words})
    assert answer.status_code == 200
    html = answer.get_data(as_text=True)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "<b>x" not in html


def test_answers_come_before_the_ways_on_and_after_them_while_nothing_is_asked(
    sign_in, world, reform, budget
):
    """On a tablet the first answer is seen without scrolling; nothing is offered twice."""
    client = sign_in(world.researcher)
    for query, first in (("q=cai+cach", True), ("", False)):
        html = client.get(f"/archive?{query}").get_data(as_text=True)
        ways, answer = html.index("/archive/register"), html.index(f"/documents/{reform.id}")
        assert (answer < ways) is first
        assert html.count('href="/archive/register"') == 1
    nothing = client.get("/archive?q=zzqx").get_data(as_text=True)
    assert nothing.index("Không tìm thấy") < nothing.index("/archive/register")
