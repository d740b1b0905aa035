import pytest

from meetings.intake.kinds import BY_MEDIA_TYPE, HEAD, KINDS, Family, Kind


def test_every_kind_has_a_name_a_media_type_and_small_extensions_of_its_own():
    assert len(BY_MEDIA_TYPE) == len({kind.name for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert all(ending.startswith(".") and ending.islower() for ending in kind.extensions)
        assert kind.magic or kind.holds
    assert {kind.family for kind in KINDS} == set(Family)


@pytest.mark.parametrize(
    ("head", "position"),
    [(b"MARK", None), (b"..MARK", 2), (b"...MARK", 3), (b"....MARK", None), (b"", None)],
)
def test_a_mark_stands_at_its_place_or_within_its_room(head, position):
    kind = Kind("kind", "a/b", Family.TEXT, (".k",), (b"MARK", b"OTHER"), at=2, within=1)
    assert kind.position(head) == position


def test_a_mark_that_ends_beyond_the_head_is_not_seen():
    pdf = BY_MEDIA_TYPE["application/pdf"]
    assert pdf.position(b" " * HEAD + b"%PDF-") == HEAD
    assert pdf.position(b" " * (HEAD + 1) + b"%PDF-") is None
