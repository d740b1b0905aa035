import pytest

from meetings.members.custody.forms import LETTERS, PAPERS, ReceiveForm, SealForm


@pytest.fixture
def form(app):
    def make(shape, **fields):
        with app.test_request_context(method="POST", data=fields):
            made = shape()
            if isinstance(made, SealForm):
                made.to.choices = [("1", "Chi bộ bản Nậm Sơ")]
            else:
                made.expect(["Lý lịch", "Phiếu đảng viên"])
            made.validate()
            return made, {name: [str(e) for e in errors] for name, errors in made.errors.items()}

    return make


def test_an_inventory_is_its_lines_without_the_empty_ones(form):
    made, errors = form(SealForm, to="1", reference=" DVC-118 ", papers=" Lý lịch \r\n\r\n Phiếu\n")
    assert "papers" not in errors
    assert made.lines() == ["Lý lịch", "Phiếu"]
    assert made.reference.data == "DVC-118"


@pytest.mark.parametrize(
    "papers",
    ["", " \n ", "\n".join(f"Giấy {n}" for n in range(PAPERS + 1)), "a" * (LETTERS + 1)],
    ids=["empty", "blank", "too many", "too long"],
)
def test_an_inventory_that_nobody_could_check_is_refused(form, papers: str):
    _made, errors = form(SealForm, to="1", reference="DVC-118", papers=papers)
    assert set(errors) - {"csrf_token"} == {"papers"}


@pytest.mark.parametrize("to", ["", "2", "x" * 50])
def test_a_body_that_was_not_offered_is_refused(form, to: str):
    _made, errors = form(SealForm, to=to, reference="DVC-118", papers="Lý lịch")
    assert set(errors) - {"csrf_token"} == {"to"}


@pytest.mark.parametrize(
    ("papers", "whole"),
    [([], False), (["0"], False), (["0", "0"], False), (["0", "1"], True), (["0", "7"], False)],
)
def test_a_dossier_is_received_whole_or_not(form, papers: list[str], whole: bool):
    _made, errors = form(ReceiveForm, papers=papers)
    assert ("papers" not in errors) == whole
