"""A job of the index that is killed at any moment: its paper is found whole, or not yet."""

import pytest

import search_index
from meetings import archive, vault
from meetings.archive import tasks as archive_tasks
from meetings.documents import tasks
from meetings.installation import Installation
from meetings.models import Document
from search_index import index, manifest, merging, parse, writing
from tests.kills import code_of, killed, lines_of, moments
from tests.meetings.documents.office import Office

CODE = code_of(archive, vault, index, manifest, merging, writing)

pytestmark = [pytest.mark.long, pytest.mark.sqlite]


def renewed(office: Office, document: Document) -> None:
    """Do the job of the index as a worker of its own does."""
    own = Installation(office.installation.settings)
    job = office.order("archive.index", document)
    archive_tasks.renew(type(job)(own, job.job_id, job.payload))
    own.close()


def pages_found(office: Office, document: Document) -> list[int]:
    engine = search_index.SearchIndex.open(office.installation.settings.index_folder)
    hits = engine.search(parse("không giấy tờ"), allowed=[str(document.id)]).hits
    assert (str(document.id) in engine.versions()) is bool(hits)
    return [hit.page for hit in hits]


def test_a_killed_indexing_shows_the_whole_paper_or_none_of_it_and_is_done_again(office):
    noise, document = office.receive(), office.receive()
    for one in (noise, document):
        tasks.prepare(office.order("documents.prepare", one))
        office.find_anew(one)
    renewed(office, noise)
    office.installation.database.close()
    lines = lines_of(lambda: renewed(office, document), CODE)
    outcomes = set()
    for step in moments(lines, 7):
        office.installation.index.remove(str(document.id))
        office.installation.database.close()
        died = killed(lambda: renewed(office, document), CODE, step)
        pages = pages_found(office, document)
        outcomes.add(bool(pages))
        assert pages in ([], [2])
        assert pages or died
        assert archive_tasks.reconcile(office.installation) == (0 if pages else 1)
        renewed(office, document)
        assert pages_found(office, document) == [2]
        assert pages_found(office, noise) == [2]
    assert False in outcomes
    print(f"{len(moments(lines, 7))} kills among {len(lines)} lines of an indexing")
