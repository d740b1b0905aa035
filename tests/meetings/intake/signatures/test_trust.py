import pytest

from meetings.intake.copies import signatures_of
from meetings.intake.signatures import Outcome, Revocation, Trust
from meetings.intake.signatures.read import read_signatures
from tests.meetings.intake.signatures import signing


@pytest.fixture
def path(tmp_path, make_pdf):
    return signing.laid(tmp_path, signing.signed(make_pdf("text").read_bytes()))


@pytest.fixture
def stranger():
    signing.people.cache_clear()
    other = signing.root()
    signing.people.cache_clear()
    return other


def test_without_roots_trust_is_unknown(path):
    (one,) = read_signatures(path)
    assert (one.trust, one.verdict) == (Trust.UNKNOWN, Outcome.UNDETERMINED)


def test_a_signer_under_a_root_is_trusted_but_never_valid_while_revocation_is_unknown(path):
    (one,) = read_signatures(path, [signing.root()])
    assert (one.trust, one.revocation) == (Trust.TRUSTED, Revocation.UNKNOWN)
    assert one.verdict is Outcome.UNDETERMINED


def test_a_signer_under_another_root_is_not_trusted(stranger, path):
    (one,) = read_signatures(path, [stranger])
    assert (one.trust, one.verdict) == (Trust.UNTRUSTED, Outcome.UNDETERMINED)


def test_a_root_that_is_no_certificate_trusts_nobody(path):
    (one,) = read_signatures(path, [b"no certificate"])
    assert one.trust is Trust.UNTRUSTED


def test_roots_reach_the_sandbox(path):
    (one,) = signatures_of(path, roots=[signing.root()])
    assert one.trust is Trust.TRUSTED
