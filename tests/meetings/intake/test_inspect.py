import zipfile

import pikepdf
import pytest
from PIL import Image

from meetings.intake import Limits, Reason, Verdict
from meetings.intake.inspect import inspect
from tests.meetings.intake.signatures import signing
from tests.papers import FILM

PDF = "application/pdf"
OOXML = "application/vnd.openxmlformats-officedocument."
TRAILER = b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


def verdict_of(path, **limits):
    return inspect(path, path.name, Limits(**limits))


def test_a_good_paper_is_accepted_with_its_pages_text_and_title(make_pdf):
    path = make_pdf("text", "text", title="Báo cáo  số 5\n")
    assert verdict_of(path) == Verdict(
        media_type=PDF, pages=2, has_text=True, title="Báo cáo số 5", unsigned=True
    )


def test_a_paper_is_known_to_be_unsigned_and_any_other_file_is_not(tmp_path, make_pdf):
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(signing.signed(make_pdf("text").read_bytes()))
    film = tmp_path / "film.mp4"
    film.write_bytes(FILM)
    assert [verdict_of(path).unsigned for path in (make_pdf("text"), signed, film)] == [
        *(True, False, False)
    ]


def test_a_title_is_normalised_and_cut_and_shows_no_control_characters(make_pdf):
    title = verdict_of(make_pdf("blank", title="Ho\u0323p\x07" + "x" * 500)).title
    assert title.startswith("Họpxx")
    assert len(title) == 300


@pytest.mark.parametrize(
    ("contents", "has_text"),
    [
        (["text"], True),
        (["blank"], False),
        (["stamp"], False),
        (["text", "text", "blank"], True),
        (["text", "blank"], True),
        (["text", "blank", "blank"], False),
        (["text"] + ["blank"] * 24, False),
        (["blank"] + ["text"] * 24, True),
    ],
)
def test_a_paper_has_text_when_half_of_its_pages_carry_more_than_a_stamp(
    make_pdf, contents, has_text
):
    assert verdict_of(make_pdf(*contents)).has_text is has_text


def test_an_office_file_is_judged_by_its_parts(tmp_path):
    path = tmp_path / "paper.docx"
    for name, reason in (("word/document.xml", None), ("word/vbaProject.bin", Reason.MACROS)):
        with zipfile.ZipFile(path, "a") as file:
            file.writestr("[Content_Types].xml" if reason is None else "word/a.xml", "<a/>")
            file.writestr(name, "<a/>")
        assert verdict_of(path) == Verdict(
            media_type=f"{OOXML}wordprocessingml.document", reason=reason
        )


def test_a_picture_is_judged_by_its_frames(tmp_path):
    path = tmp_path / "scan.png"
    Image.new("RGB", (60, 80)).save(path)
    assert verdict_of(path) == Verdict(media_type="image/png", pages=1)
    path.write_bytes(path.read_bytes()[:40])
    assert verdict_of(path) == Verdict(media_type="image/png", reason=Reason.DAMAGED)


def test_an_archive_is_judged_by_what_it_would_unpack_to(tmp_path):
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("~$paper.docx", "")
    assert verdict_of(path) == Verdict(media_type="application/zip", reason=Reason.EMPTY)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("notes.txt", b"text", "text/plain"),
        ("film.mp4", FILM, "video/mp4"),
    ],
)
def test_texts_and_films_are_taken_as_they_are(tmp_path, name, content, media_type):
    path = tmp_path / name
    path.write_bytes(content)
    assert verdict_of(path) == Verdict(media_type=media_type)


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "empty.pdf"
    path.touch()
    assert verdict_of(path) == Verdict(reason=Reason.EMPTY)


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_not(make_pdf):
    path = make_pdf("blank")
    size = path.stat().st_size
    assert verdict_of(path, bytes=size).accepted
    assert verdict_of(path, bytes=size - 1) == Verdict(reason=Reason.TOO_LARGE)


def test_a_paper_with_more_pages_than_the_limit_is_refused_and_one_at_it_is_not(make_pdf):
    path = make_pdf("blank", "blank", "blank")
    assert verdict_of(path, pages=3).accepted
    assert verdict_of(path, pages=2) == Verdict(media_type=PDF, reason=Reason.TOO_MANY_PAGES)


def test_a_mislabelled_file_is_refused_before_it_is_opened(make_pdf):
    path = make_pdf("blank", name="paper.docx")
    assert verdict_of(path) == Verdict(reason=Reason.MISLABELLED)


@pytest.mark.parametrize("revision", [3, 4, 6])
def test_a_password_to_open_is_refused_and_one_to_change_is_not(make_pdf, revision):
    def locked(user):
        lock = pikepdf.Encryption(
            owner="owner", user=user, R=revision, aes=revision > 3, metadata=revision > 3
        )
        return make_pdf("text", name=f"locked{user}.pdf", save={"encryption": lock})

    assert verdict_of(locked("")) == Verdict(media_type=PDF, pages=1, has_text=True, unsigned=True)
    assert verdict_of(locked("user")) == Verdict(media_type=PDF, reason=Reason.ENCRYPTED)


def test_a_paper_without_pages_is_damaged(make_pdf):
    assert verdict_of(make_pdf()) == Verdict(media_type=PDF, reason=Reason.DAMAGED)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\nnothing that could be repaired\n%%EOF",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages[1 2]>>endobj\n" + TRAILER,
        b"%PDF-1.4\n1 0 obj 7 endobj\ntrailer<</Root 1 0 R>>",
    ],
)
def test_a_file_beyond_repair_is_damaged(tmp_path, content):
    path = tmp_path / "damaged.pdf"
    path.write_bytes(content)
    assert verdict_of(path) == Verdict(media_type=PDF, reason=Reason.DAMAGED)


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        ("4 0 R", Verdict(media_type=PDF, pages=2, unsigned=True)),
        ("9 0 R", Verdict(media_type=PDF, reason=Reason.DAMAGED)),
    ],
)
def test_a_page_that_is_not_there_damages_the_paper(tmp_path, second, verdict):
    path = tmp_path / "paper.pdf"
    objects = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        f"2 0 obj<</Type/Pages/Kids[3 0 R {second}]/Count 2>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        "4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    )
    path.write_bytes(objects.encode() + TRAILER)
    assert verdict_of(path) == verdict


def test_a_paper_that_only_one_of_two_readers_opens_is_damaged(make_pdf, tmp_path):
    content = make_pdf("text").read_bytes()
    good = tmp_path / "good.pdf"
    good.write_bytes(content)
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(content.replace(b"/Pages 2 0 R", b"/Pages 9 0 R"))
    assert verdict_of(good).accepted
    assert verdict_of(bad) == Verdict(media_type=PDF, reason=Reason.DAMAGED)
