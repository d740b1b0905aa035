"""Signed papers taken in by the real steps, verified by the real sandbox."""

import ssl
from dataclasses import replace
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from meetings import jobs
from meetings.documents.queries import current_version
from meetings.documents.signatures import tasks
from meetings.documents.signatures.queries import gravest, signatures_in
from meetings.intake.signatures import Changes, Outcome, Trust
from meetings.models import Document, Job
from tests import papers
from tests.meetings.intake.signatures import signing


@pytest.fixture
def kept(session, installation, world):
    """Return what takes a file in and gives its version back, verified."""

    def take(content):
        document = papers.prepared(installation, world.office, content=content)
        return current_version(session, session.get_one(Document, document.id))

    return take


def test_a_signed_paper_keeps_what_its_signatures_say(kept):
    version = kept(signing.stamped(signing.signed(papers.pdf("một"))))
    (one,) = signatures_in(version)
    assert (one.signer, one.changes) == ("Nguyễn Văn An", Changes.ANNOTATION)
    assert one.trust is Trust.UNKNOWN
    assert gravest([one]) is Outcome.UNDETERMINED


def test_an_unsigned_paper_is_known_to_be_so(kept):
    version = kept(papers.pdf("hai"))
    assert signatures_in(version) == []
    assert gravest([]) is None


def test_what_is_not_verified_says_nothing():
    assert signatures_in(None) is None
    assert signatures_in(SimpleNamespace(signatures=[{"field": "old"}])) == []


def test_a_version_that_is_gone_is_passed_over(session, installation, world):
    order = {"version": str(world.office.id)}
    job = jobs.enqueue(session, "documents.verify", order, key="verify:gone")
    session.commit()
    tasks.verify(jobs.Run(installation, job.id, job.payload))


def test_a_file_that_cannot_be_read_stays_unverified(session, installation, kept, monkeypatch):
    version = kept(signing.signed(papers.pdf("ba")))
    version.signatures = None
    session.commit()
    job = session.scalars(select(Job).where(Job.kind == "documents.verify")).one()
    session.rollback()
    monkeypatch.setattr(tasks, "signatures_of", lambda *_, **__: tasks.Reason.TIMED_OUT)
    tasks.verify(jobs.Run(installation, job.id, job.payload))
    session.expire_all()
    assert version.signatures is None


def test_the_roots_of_the_house_come_from_a_folder(settings, tmp_path):
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "a.der").write_bytes(signing.root())
    (folder / "b.pem").write_text(ssl.DER_cert_to_PEM_cert(signing.root()))
    (folder / "noise.txt").write_text("not a certificate")
    given = replace(settings, signature_roots=str(folder))
    assert list(tasks.roots(given.roots_folder)) == [signing.root()] * 2
    assert list(tasks.roots(settings.roots_folder)) == []
