"""Light pictures: made when nobody waits, for papers of before too, never of an older picture."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from meetings import jobs
from meetings.documents.aids import tasks
from meetings.documents.aids.queries import lacks_aids, without_aids
from meetings.documents.queries import current_version, light_image, page_image, pages_of
from meetings.documents.services import withdraw
from meetings.intake import PreparedPage, Reason
from meetings.intake.prepared import LIGHT_WIDTH
from meetings.models import Document, Job
from tests import papers


@pytest.fixture
def paper(installation, session, world):
    """A paper that was prepared, and nothing more."""
    document = session.merge(papers.prepared(installation, world.office))
    session.commit()
    return document


def of(session, document: Document):
    session.expire_all()
    return pages_of(session, current_version(session, document))


def make(session, installation, version):
    order = {"version": str(version.id)}
    jobs.enqueue(session, tasks.KIND, order, key=f"aids:{version.id}")
    session.commit()
    papers.work(installation)


def ordered(session):
    return [
        job.payload["version"]
        for job in session.scalars(select(Job).where(Job.kind == tasks.KIND))
        if job.state in jobs.OPEN
    ]


def test_a_light_picture_has_four_greys_and_fewer_bytes(installation, session, paper):
    first = of(session, paper)[0]
    whole = page_image(installation, first, 1200)
    assert light_image(installation, first) == whole, "until there is one"
    version = current_version(session, paper)
    make(session, installation, version)
    (first, *_) = pages = of(session, paper)
    light = light_image(installation, first)
    with Image.open(io.BytesIO(light)) as picture:
        assert picture.width == LIGHT_WIDTH
        assert {tone for _, tone in picture.convert("L").getcolors()} <= {0, 85, 170, 255}
    assert len(light) < len(whole)
    assert all(page.light_image for page in pages)


def test_a_picture_exchanged_meanwhile_takes_no_light_one(
    installation, session, paper, monkeypatch
):
    version, (first, second, _) = current_version(session, paper), of(session, paper)
    lighten = tasks.lighten_pictures

    def exchanged(pictures, output):
        with installation.database.writing() as other:
            other.get(type(first), first.id).small_image = second.small_image
            other.commit()
        return lighten(pictures, output)

    monkeypatch.setattr(tasks, "lighten_pictures", exchanged)
    make(session, installation, version)
    lights = [page.light_image is not None for page in of(session, paper)]
    assert lights == [False, True, True]
    sharp = [page.large_image != page.small_image for page in of(session, paper)]
    assert [width_of(installation, page) for page in of(session, paper)] == [1200, 1600, 1600]
    assert sharp == [True, True, True], "the first has the small picture of before"


def width_of(installation, page):
    with Image.open(io.BytesIO(page_image(installation, page, 1600))) as picture:
        return picture.width


def test_the_small_picture_stands_in_until_the_sharp_one_is_made(installation, session, paper):
    assert [width_of(installation, page) for page in of(session, paper)] == [1200] * 3
    small = [page.small_image for page in of(session, paper)]
    make(session, installation, current_version(session, paper))
    pages = of(session, paper)
    assert [width_of(installation, page) for page in pages] == [1600] * 3
    assert [page.small_image for page in pages] == small
    assert all(installation.store.has(name) for name in small)


def test_where_no_sharp_picture_can_be_made_the_small_one_stays_and_nobody_tries_again(
    installation, session, paper, monkeypatch
):
    def broken(_path, _output, numbers):
        return [PreparedPage(number=number, reason=Reason.CRASHED) for number in numbers]

    monkeypatch.setattr(tasks, "sharpen_pages", broken)
    version = current_version(session, paper)
    make(session, installation, version)
    assert [width_of(installation, page) for page in of(session, paper)] == [1200] * 3
    assert version.id not in without_aids(session)


def test_what_lacks_light_pictures_is_ordered_and_what_was_recalled_is_not(
    installation, session, world, paper
):
    recalled = session.merge(papers.prepared(installation, world.office))
    withdraw(session, recalled)
    session.commit()
    version = current_version(session, paper)
    assert lacks_aids(session, installation.settings)
    session.commit()
    tasks.order_all(jobs.Run(installation, version.id, {}))
    session.expire_all()
    assert ordered(session) == [str(version.id)]
    assert version.contents is None
    session.commit()
    papers.work(installation)
    assert version.id not in without_aids(session)
    session.expire_all()
    kept = version.contents
    assert kept
    withdraw(session, paper)
    assert version.contents is None
    dropped = session.scalars(select(Job).where(Job.kind == "documents.discard"))
    assert any(kept in job.payload["blobs"] for job in dropped)
