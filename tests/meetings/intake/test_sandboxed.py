"""The product's two entries, with real children; what a broken child would say is forged."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.intake import (
    RENDITIONS,
    Limits,
    PreparedPage,
    Reason,
    Verdict,
    inspect_file,
    prepare_pages,
    rendition_name,
    sandbox,
    sharpen_pages,
    tesseract,
    walls,
)
from meetings.intake.page_text import PageText, Source
from meetings.intake.sandboxed import page_texts, reading_limits


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(params=["bubblewrap", "rlimits"])
def either_walls(request, monkeypatch):
    if request.param == "rlimits":
        monkeypatch.setattr(walls, "_identity", lambda: None)
    assert sandbox.state() == request.param


@pytest.fixture
def forged(monkeypatch, output):
    """Return a way to put children in place that answer, and leave files, as a test says."""

    def forge(*children):
        runs = iter(children)

        def run(task, source, *, output=None, announced=False, **_order):
            if announced:
                yield {}
            for answer in next(runs):
                if callable(answer):
                    answer(output)
                else:
                    yield answer

        monkeypatch.setattr(sandbox, "run", run)
        return output

    return forge


def good(number):
    return PreparedPage(number=number, width=595, height=842).to_json()


def pictures(*numbers):
    def leave(folder):
        for number in numbers:
            for rendition in RENDITIONS:
                (folder / rendition_name(number, rendition)).write_bytes(b"picture")

    return leave


def test_a_paper_is_inspected_in_a_child(make_pdf, either_walls):
    verdict = inspect_file(make_pdf("text", title="Nghị quyết"), "paper.pdf")
    assert verdict == Verdict(
        media_type="application/pdf", pages=1, has_text=True, title="Nghị quyết", unsigned=True
    )


def test_the_name_given_counts_and_not_the_files_own(make_pdf):
    path = make_pdf("text", name="5f3c")
    assert inspect_file(path, "Tờ trình.pdf").accepted
    assert inspect_file(path, "Tờ trình.docx").reason is Reason.MISLABELLED


def test_limits_reach_the_child(make_pdf):
    path = make_pdf("blank", "blank")
    assert inspect_file(path, "paper.pdf", Limits(pages=1)).reason is Reason.TOO_MANY_PAGES
    assert inspect_file(path, "paper.pdf", Limits(pages=2)).accepted


def test_a_child_without_memory_or_time_gives_a_verdict(make_pdf):
    path = make_pdf("text")
    starved = Limits(address_space=40 << 20)
    assert inspect_file(path, "paper.pdf", starved).reason in {
        Reason.OUT_OF_MEMORY,
        Reason.CRASHED,
    }
    assert inspect_file(path, "paper.pdf", Limits(wall_seconds=0)).reason is Reason.TIMED_OUT


def test_a_file_that_is_gone_is_the_callers_mistake(tmp_path, output):
    with pytest.raises(FileNotFoundError):
        inspect_file(tmp_path / "gone.pdf", "gone.pdf")
    with pytest.raises(FileNotFoundError):
        list(prepare_pages(tmp_path / "gone.pdf", output, [1]))
    assert names(output) == []


@pytest.mark.parametrize("answers", [[], [{"pages": "many"}], [{"reason": "because"}]])
def test_a_verdict_that_is_none_is_a_crash(make_pdf, forged, answers):
    forged(answers)
    assert inspect_file(make_pdf("text"), "paper.pdf") == Verdict(reason=Reason.CRASHED)


def test_pages_are_prepared_in_a_child_and_arrive_with_their_pictures(
    make_pdf, output, either_walls
):
    pages = prepare_pages(make_pdf("text", "blank"), output, [2, 1])
    assert next(pages).number == 2
    assert {"2-1200.webp", "2-thumb.webp"} <= set(names(output))
    first = next(pages)
    assert (first.number, first.reason) == (1, None)
    assert first.words[0].text == "Uy"
    assert list(pages) == []
    assert len(names(output)) == 4


def test_sharp_pictures_are_drawn_in_a_child_of_their_own(make_pdf, output, either_walls):
    first, missing, second = sharpen_pages(make_pdf("text", "blank"), output, [1, 7, 2])
    assert [page.number for page in (first, second)] == [1, 2]
    assert missing.reason is Reason.DAMAGED
    assert (first.text, first.words) == ("", ())
    assert names(output) == ["1-1600.webp", "2-1600.webp"]


def test_a_child_that_leaves_no_sharp_picture_has_crashed(make_pdf, forged):
    output = forged([pictures(1), good(1)], [])
    (page,) = sharpen_pages(make_pdf("text"), output, [1])
    assert page.reason is Reason.CRASHED
    assert names(output) == []


def test_a_relative_output_folder_will_do(make_pdf, output, monkeypatch):
    monkeypatch.chdir(output.parent)
    (page,) = prepare_pages(make_pdf("text"), output.relative_to(output.parent), [1])
    assert page.reason is None
    assert len(names(output)) == 2


def test_no_pages_asked_for_start_no_child(make_pdf, forged):
    output = forged()
    assert list(prepare_pages(make_pdf("text"), output, [])) == []


def test_an_absent_page_costs_no_other(make_pdf, output):
    missing, there = prepare_pages(make_pdf("text"), output, [9, 1])
    assert missing == PreparedPage(number=9, reason=Reason.DAMAGED)
    assert there.reason is None


def test_giving_up_half_way_leaves_only_finished_pages(make_pdf, output):
    pages = prepare_pages(make_pdf("text", "text", "text"), output, [1, 2, 3])
    next(pages)
    pages.close()
    assert names(output) == ["1-1200.webp", "1-thumb.webp"]


def test_a_page_that_breaks_the_child_costs_no_other(make_pdf, forged):
    output = forged(
        [pictures(1), good(1), {"reason": "timed_out"}],
        [pictures(3), good(3)],
    )
    pages = list(prepare_pages(make_pdf("text"), output, [1, 2, 3]))
    assert [page.reason for page in pages] == [None, Reason.TIMED_OUT, None]
    assert [page.number for page in pages] == [1, 2, 3]
    assert not [name for name in names(output) if name.startswith("2")]


def test_a_paper_that_breaks_three_children_is_given_up(make_pdf, forged):
    output = forged(*[[{"reason": "crashed"}]] * 2, [{"reason": "out_of_memory"}])
    pages = list(prepare_pages(make_pdf("text"), output, range(1, 7)))
    assert [page.number for page in pages] == [1, 2, 3, 4, 5, 6]
    assert [page.reason for page in pages] == [Reason.CRASHED] * 2 + [Reason.OUT_OF_MEMORY] * 4
    assert names(output) == []


def link(folder):
    (folder / "1-1200.webp").unlink()
    (folder / "1-1200.webp").symlink_to("/etc/hostname")


def pipe(folder):
    (folder / "1-thumb.webp").unlink()
    os.mkfifo(folder / "1-thumb.webp")


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([], id="silence"),
        pytest.param([good(1)], id="no pictures"),
        pytest.param([pictures(1), link, good(1)], id="a link as a picture"),
        pytest.param([pictures(1), pipe, good(1)], id="a pipe as a picture"),
        pytest.param([pictures(2), good(2)], id="another page"),
        pytest.param([pictures(1), {"number": 1}], id="no page"),
        pytest.param([pictures(1), good(1) | {"words": 5}], id="no words"),
        pytest.param([{"something": "else"}], id="no answer"),
        pytest.param([{}, pictures(1), good(1)], id="nothing, once more"),
        pytest.param([{"reason": "because"}], id="no reason"),
    ],
)
def test_a_child_that_lies_has_crashed_and_no_link_stays(make_pdf, forged, answers):
    output = forged(answers, [pictures(3), good(3)])
    lied, told = prepare_pages(make_pdf("text"), output, [1, 3])
    assert lied == PreparedPage(number=1, reason=Reason.CRASHED)
    assert told.reason is None
    for path in output.iterdir():
        assert path.is_file()
        assert not path.is_symlink()


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_a_damaged_copy_of_a_good_paper_has_a_verdict(make_pdf, data):
    content = bytearray(make_pdf("text", "blank").read_bytes())
    places = st.integers(9, len(content) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=40)):
        content[place] = value
    end = data.draw(places)
    path = make_pdf("blank", name="damaged.pdf")
    path.write_bytes(content[:end])
    verdict = inspect_file(path, path.name, Limits(wall_seconds=20))
    assert verdict.accepted == (verdict.pages > 0)


@pytest.mark.real
def test_every_hostile_file_has_a_verdict_and_every_accepted_one_a_first_page(real_hostile, output):
    verdict = inspect_file(real_hostile, real_hostile.name)
    assert verdict.reason not in {Reason.CRASHED, Reason.TIMED_OUT, Reason.OUT_OF_MEMORY}
    assert verdict.reason is EXPECTED.get(real_hostile.name, verdict.reason)
    if verdict.pages:
        (page,) = prepare_pages(real_hostile, output, [1])
        assert page.reason is None
        assert len(names(output)) == 2


EXPECTED = {
    "derived-zero-byte.pdf": Reason.EMPTY,
    "derived-html-named.pdf": Reason.MISLABELLED,
    "derived-ten-thousand-pages.pdf": Reason.TOO_MANY_PAGES,
    "derived-truncated-real.pdf": Reason.DAMAGED,
    "pypdf-r6-user-password.pdf": Reason.ENCRYPTED,
    "qpdf-enc-R3_V2_U_view_O_view.pdf": Reason.ENCRYPTED,
    "pyhanko-circular-page-tree.pdf": Reason.DAMAGED,
    "pdfjs-REDHAT-1531897-0.pdf": Reason.DAMAGED,
    "derived-bomb-150mb.docx": Reason.BOMB,
    "derived-xxe.docx": Reason.ACTIVE_CONTENT,
    "derived-zip-slip.zip": None,
    "pdfjs-bomb_giant.pdf": None,
    "pdfjs-evaljs.pdf": None,
    "pypdf-attachment.pdf": None,
    "corkami-launch.pdf": None,
}


@pytest.mark.real
def test_a_real_paper_has_a_first_page_with_text(real_paper, output):
    assert inspect_file(real_paper, real_paper.name).has_text
    (page,) = prepare_pages(real_paper, output, [1])
    assert page.reason is None
    assert len(page.text) > 400
    assert len(page.words) > 80
    assert page.text.isprintable() or "\n" in page.text
    assert all(0 <= side <= 1 for word in page.words for side in word[1:])


@pytest.mark.real
def test_a_signed_scan_has_pictures_but_no_text_although_it_bears_a_stamp(real_scan, output):
    verdict = inspect_file(real_scan, real_scan.name)
    assert verdict.accepted
    assert not verdict.has_text
    (page,) = prepare_pages(real_scan, output, [1])
    assert page.reason is None
    assert len(names(output)) == 2
    assert len(page.text) < 200


def told(number, text="Tờ trình"):
    return PageText(number=number, text=text, source=Source.LAYER).to_json()


def test_the_text_of_pages_is_read_in_a_child(make_pdf, either_walls):
    first, second = page_texts(make_pdf("text", "blank"), 2)
    assert first.text.startswith("Uy ban nhan dan")
    assert first.words[0].text == "Uy"
    assert second == PageText(number=2)


def test_a_scan_is_recognised_within_the_walls(make_pdf, either_walls):
    picture = b"\n".join(b"72 %d 400 3 re f" % (80 + 14 * line) for line in range(50))
    (page,) = page_texts(make_pdf(picture), 1)
    assert page.source is (Source.OCR if tesseract.is_available() else Source.NONE)


def test_only_the_pages_asked_for_are_read(make_pdf, forged):
    path = make_pdf("text", "text")
    assert [page.number for page in page_texts(path, 2, numbers=[2], recognise=False)] == [2]
    forged()
    assert list(page_texts(path, 2, numbers=[])) == []


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([], id="silence"),
        pytest.param([{"reason": "timed_out"}], id="no page"),
        pytest.param([told(3)], id="another page"),
        pytest.param([told(1) | {"words": 5}], id="no words"),
    ],
)
def test_a_page_whose_reading_breaks_the_child_has_no_text_and_costs_no_other(
    make_pdf, forged, answers
):
    forged(answers, [told(2), told(3)])
    texts = [page.text for page in page_texts(make_pdf("text"), 3)]
    assert texts == ["", "Tờ trình", "Tờ trình"]


def test_a_file_that_breaks_three_readers_is_given_up(make_pdf, forged):
    forged([told(1)], [], [])
    pages = list(page_texts(make_pdf("text"), 6))
    assert [page.number for page in pages] == [1, 2, 3, 4, 5, 6]
    assert [bool(page.text) for page in pages] == [True] + [False] * 5


def test_reading_pictures_needs_a_program_and_never_less_than_was_given():
    wide = reading_limits(Limits(wall_seconds=1000, address_space=8 << 30))
    assert wide.processes > 0
    assert (wide.wall_seconds, wide.address_space) == (1000, 8 << 30)
    assert reading_limits(Limits()).cpu_seconds > Limits().cpu_seconds
