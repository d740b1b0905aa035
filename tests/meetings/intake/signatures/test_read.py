import json
from datetime import UTC, datetime

import pytest

from meetings.intake.copies import signatures_of
from meetings.intake.signatures import Integrity, Outcome, Signature, is_signed
from meetings.intake.signatures.read import read_signatures
from tests.meetings.intake.conftest import REAL

NOTED = REAL / "signed" / "signatures.jsonl"
LINES = NOTED.read_text(encoding="utf-8").splitlines() if NOTED.exists() else []
REFERENCE = [json.loads(line) for line in LINES]
REFERENCE = [
    noted for noted in REFERENCE if all("is Valid" in one["integrity"] for one in noted["detail"])
]


def test_an_unsigned_paper_has_none(make_pdf):
    path = make_pdf("text")
    assert not is_signed(path)
    assert read_signatures(path) == []
    assert signatures_of(path) == []


def test_a_file_that_claims_to_be_signed_and_cannot_be_read_is_undetermined(tmp_path):
    path = tmp_path / "torn.pdf"
    path.write_bytes(b"%PDF-1.7 /ByteRange [0 1 2 3]")
    assert is_signed(path)
    assert [one.verdict for one in read_signatures(path)] == [Outcome.UNDETERMINED]


def test_an_empty_file_is_not_signed(tmp_path):
    (tmp_path / "empty.pdf").touch()
    assert not is_signed(tmp_path / "empty.pdf")


def noted_time(said):
    return datetime.strptime(said, "%b %d %Y %H:%M:%S").replace(tzinfo=UTC)


@pytest.mark.real
@pytest.mark.skipif(not REFERENCE, reason="no real documents here")
@pytest.mark.parametrize("noted", REFERENCE, ids=lambda noted: noted["file"])
def test_a_real_signature_says_what_another_reader_says(noted):
    found = signatures_of(REAL / noted["file"])
    assert sorted((one.signer, one.claimed_at) for one in found) == sorted(
        (one["signer_cn"], noted_time(one["signing_time_as_printed"])) for one in noted["detail"]
    )
    assert {one.integrity for one in found} == {Integrity.INTACT}
    assert not {one.verdict for one in found} & {Outcome.VALID, Outcome.VALID_AT_SIGNING}


@pytest.mark.real
@pytest.mark.skipif(not REFERENCE, reason="no real documents here")
@pytest.mark.parametrize(
    "path", sorted((REAL / "signed").glob("*.pdf")), ids=lambda path: path.name
)
def test_no_attack_is_called_valid_or_ends_its_reader(path):
    found = signatures_of(path)
    for one in found:
        assert one.verdict in {Outcome.UNDETERMINED, Outcome.INVALID}
        assert Signature.from_json(one.to_json()) == one
