"""Real papers, typeset or drawn by the tests, read by the real sandbox and tesseract."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat
from sqlalchemy import select

from meetings import jobs, vault
from meetings.documents.queries import current_version, page_text, page_words, pages_of
from meetings.documents.reading import tasks
from meetings.documents.services import withdraw
from meetings.intake import PageText, Source
from meetings.models import Job, VersionState
from tests import papers

HEADER = """
<style>td { text-align: center; vertical-align: top; width: 50%; font-size: 14pt }
h1, h2 { text-align: center; font-size: 15pt; margin: 6pt }</style>
<table><tr><td>TỈNH ỦY LAM KHÊ<br>*<br>Số 436-KL/TU</td>
<td><b>ĐẢNG CỘNG SẢN VIỆT NAM</b><br><br><i>Lam Khê, ngày 28 tháng 01 năm 2026</i></td></tr></table>
<h1>KẾT LUẬN</h1><h2>về cải cách hành chính trong Đảng</h2><p style="text-align:center">-----</p>
<p>Tại phiên họp ngày 26/01/2026, Ban Thường vụ Tỉnh ủy đã xem xét báo cáo và kết luận như sau:
các cấp ủy tiếp tục thực hiện Nghị quyết số 03-NQ/TU ngày 21/01/2021 về cải cách hành chính.</p>
"""


@pytest.fixture(scope="module")
def layered() -> bytes:
    return papers.typeset(f"<html lang=vi><title>x</title><body>{HEADER}</body></html>")


@pytest.fixture(scope="module")
def scanned(layered: bytes) -> bytes:
    """The same page as a picture only, as a scanner makes it."""
    return papers.drawn(layered)


def pages(session, document):
    session.expire_all()
    return pages_of(session, current_version(session, document))


def test_a_paper_with_text_is_described_by_its_header(session, installation, world, layered):
    document = papers.prepared(installation, world.office, content=layered)
    document = session.merge(document)
    session.refresh(document)
    assert document.symbol == "436-KL/TU"
    assert document.title == "Về cải cách hành chính trong Đảng"
    (page,) = pages(session, document)
    assert page.source is Source.LAYER
    header = current_version(session, document).header
    assert [cited["number"] for cited in header["citations"]].count("03") == 1


def test_a_scan_is_read_and_found_by_its_words(session, installation, world, scanned):
    document = papers.prepared(installation, world.office, content=scanned)
    document = session.merge(document)
    session.refresh(document)
    (page,) = pages(session, document)
    assert page.source is Source.OCR
    assert "KẾT LUẬN" in page_text(installation, page)
    words = page_words(installation, page)
    assert {"cải", "cách"} <= {word["text"] for word in words}
    assert document.symbol == "436-KL/TU"


@pytest.mark.parametrize("quarters", [1, 2])
def test_a_page_that_lay_on_its_side_or_head_is_shown_upright(
    session, installation, world, layered, quarters
):
    turned = papers.prepared(
        installation, world.office, content=papers.drawn(layered, quarters=quarters)
    )
    beside = straight(installation, world, layered)
    (page,) = pages(session, session.merge(turned))
    (upright,) = pages(session, session.merge(beside))
    assert page.height > page.width
    assert page.width == pytest.approx(upright.width, abs=2)
    assert difference(installation, page, upright) < 8
    assert page.large_image not in {page.small_image, page.thumbnail}
    first = next(word for word in page_words(installation, page) if word["text"] == "KẾT")
    assert first["x"] == pytest.approx(0.4, abs=0.1)


def straight(installation, world, layered):
    return papers.prepared(installation, world.office, content=papers.drawn(layered))


def difference(installation, page, other):
    """Return how far two pages' thumbnails differ, of 255."""
    with installation.database.reading() as session:
        keys = [
            vault.reading_key(installation.keys, session.merge(p).version) for p in (page, other)
        ]
    seen = []
    for each, key in zip((page, other), keys, strict=True):
        with installation.store.open(each.thumbnail, key=key) as reader:
            seen.append(Image.open(io.BytesIO(reader.read())).convert("L"))
    return ImageStat.Stat(ImageChops.difference(seen[0], seen[1].resize(seen[0].size))).mean[0]


def test_files_that_were_replaced_are_removed(session, installation, world, scanned):
    papers.prepared(installation, world.office, content=scanned)
    left = session.scalars(select(Job).where(Job.kind == "documents.discard")).all()
    assert left
    assert {job.state.value for job in left} == {"done"}


def test_of_a_mixed_paper_only_the_scanned_page_is_recognised(
    session, installation, world, layered, scanned, monkeypatch
):
    asked = []
    read = tasks.page_texts
    monkeypatch.setattr(
        tasks, "page_texts", lambda *a, numbers: asked.extend(numbers) or read(*a, numbers=numbers)
    )
    mixed = papers.joined(layered, scanned, layered)
    document = session.merge(papers.prepared(installation, world.office, content=mixed))
    found = pages(session, document)
    assert [page.source for page in found] == [Source.LAYER, Source.OCR, Source.LAYER]
    assert asked == [2]
    assert all("KẾT LUẬN" in page_text(installation, page) for page in found)


def test_a_paper_with_text_is_read_at_once_and_put_into_the_index_once(
    session, installation, world, layered, scanned
):
    papers.prepared(installation, world.office, content=layered)
    papers.prepared(installation, world.office, content=scanned)
    kinds = [job.kind for job in session.scalars(select(Job).order_by(Job.id))]
    read = [kind for kind in kinds if kind in {tasks.READ, tasks.RECOGNISE}]
    assert read == [tasks.READ, tasks.RECOGNISE]
    assert kinds.count("archive.index") == 1 + 2


def test_an_empty_page_has_no_text_whether_it_was_looked_at_or_not(session, installation, world):
    document = papers.prepared(installation, world.office, content=papers.pdf("", "Đoạn hai"))
    assert [page.source for page in pages(session, document)] == [Source.NONE, Source.LAYER]


def test_reading_again_says_the_same(session, installation, world, layered, scanned):
    mixed = papers.joined(scanned, layered)
    document = session.merge(papers.prepared(installation, world.office, content=mixed))
    before = [(page.source, page_text(installation, page)) for page in pages(session, document)]
    job = order(session, document)
    tasks.read(jobs.Run(installation, job.id, job.payload))
    after = [(page.source, page_text(installation, page)) for page in pages(session, document)]
    assert after == before


def test_what_was_recognised_stays_when_it_cannot_be_recognised_again(
    session, installation, world, layered, scanned, monkeypatch
):
    mixed = papers.joined(scanned, layered)
    document = session.merge(papers.prepared(installation, world.office, content=mixed))
    before = [(page.source, page_text(installation, page)) for page in pages(session, document)]
    assert [source for source, _ in before] == [Source.OCR, Source.LAYER]
    described = current_version(session, document).header
    unread = [PageText(number=1, text="", words=(), source=Source.NONE)]
    monkeypatch.setattr(tasks, "page_texts", lambda *_args, **_kwargs: unread)
    job = order(session, document)
    tasks.read(jobs.Run(installation, job.id, job.payload))
    after = [(page.source, page_text(installation, page)) for page in pages(session, document)]
    assert after == before
    assert current_version(session, document).header == described


def order(session, document):
    version = current_version(session, document)
    job = jobs.enqueue(session, "documents.read", {"version": str(version.id)}, key="read:again")
    session.commit()
    return job


def test_a_version_that_is_prepared_anew_is_not_read_meanwhile(
    session, installation, world, layered
):
    document = session.merge(papers.prepared(installation, world.office, content=layered))
    job = order(session, document)
    withdraw(session, document)
    session.commit()
    tasks.read(jobs.Run(installation, job.id, job.payload))
    session.expire_all()
    assert current_version(session, document).state is VersionState.RECEIVED


def test_a_version_that_is_gone_is_passed_over(session, installation, world):
    job = jobs.enqueue(
        session, "documents.read", {"version": str(world.office.id)}, key="read:gone"
    )
    session.commit()
    tasks.read(jobs.Run(installation, job.id, job.payload))
