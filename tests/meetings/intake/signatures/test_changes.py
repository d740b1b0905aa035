import pytest

from meetings.intake.signatures import Changes, Coverage, Integrity, Outcome
from meetings.intake.signatures.read import read_signatures
from tests.meetings.intake.signatures import signing


@pytest.fixture
def plain(make_pdf):
    return make_pdf("text").read_bytes()


def judged(folder, content):
    return read_signatures(signing.laid(folder, content))


def test_a_signature_names_its_signer_and_covers_the_file(tmp_path, plain):
    (one,) = judged(tmp_path, signing.signed(plain))
    assert (one.signer, one.organisation) == ("Nguyễn Văn An", "Văn phòng Tỉnh ủy")
    assert one.email == "an@tinhuy.local"
    assert (one.integrity, one.coverage, one.changes) == (
        Integrity.INTACT,
        Coverage.WHOLE,
        Changes.NONE,
    )
    assert one.verdict is Outcome.UNDETERMINED


def test_a_second_signature_does_no_harm_to_the_first(tmp_path, plain):
    first, second = judged(tmp_path, signing.signed(signing.signed(plain), "Signature2"))
    assert (first.coverage, first.changes) == (Coverage.REVISION, Changes.FORM)
    assert second.changes is Changes.NONE


@pytest.mark.parametrize(
    ("done", "changes"),
    [
        (signing.stamped, Changes.ANNOTATION),
        (signing.rewritten, Changes.CONTENT),
    ],
)
def test_an_incoming_stamp_is_told_apart_from_tampering(tmp_path, plain, done, changes):
    (one,) = judged(tmp_path, done(signing.signed(plain)))
    assert (one.integrity, one.coverage) == (Integrity.INTACT, Coverage.REVISION)
    assert one.changes is changes
    assert (one.verdict is Outcome.INVALID) is (changes is Changes.CONTENT)
    assert one.bytes_after > 0


def test_another_title_does_no_harm(tmp_path, plain):
    (one,) = judged(tmp_path, signing.retitled(signing.signed(plain)))
    assert one.changes is not Changes.CONTENT


def test_a_stamp_between_two_signatures_is_no_tampering(tmp_path, plain):
    content = signing.signed(signing.stamped(signing.signed(plain)), "Signature2")
    first, second = judged(tmp_path, content)
    assert first.changes is Changes.ANNOTATION
    assert second.changes is Changes.NONE


def test_a_rewriting_hides_behind_no_later_signature(tmp_path, plain):
    content = signing.signed(signing.rewritten(signing.signed(plain)), "Signature2")
    first, _second = judged(tmp_path, content)
    assert first.verdict is Outcome.INVALID


def test_one_altered_byte_breaks_a_signature(tmp_path, plain):
    (one,) = judged(tmp_path, signing.altered(signing.signed(plain)))
    assert (one.integrity, one.verdict) == (Integrity.BROKEN, Outcome.INVALID)
