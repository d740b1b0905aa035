import hashlib

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from meetings.intake import Limits, Reason
from meetings.intake.cleaned import Cleaned, Removed
from meetings.intake.cleaning import clean
from meetings.intake.copies import clean_file

FORBIDDEN_KEYS = {"/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
FORBIDDEN_ACTIONS = {
    *("/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/URI"),
    *("/Rendition", "/Sound", "/Movie"),
}


def act(kind, **more):
    return Dictionary(S=Name(f"/{kind}"), **more)


def link(action):
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)


def on_page(annotation):
    def put(pdf):
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])

    return put


def in_root(**entries):
    def put(pdf):
        for name, value in entries.items():
            pdf.Root[f"/{name}"] = value

    return put


def outside(pdf):
    stream = pdf.make_stream(b"")
    stream.F = String("/etc/passwd")
    pdf.pages[0].obj.Contents = stream


ACTIVE = {
    "script on opening": (in_root(OpenAction=act("JavaScript", JS="x")), {"javascript"}),
    "named script": (
        in_root(Names=Dictionary(JavaScript=Dictionary(Names=["a", act("JavaScript", JS="x")]))),
        {"javascript"},
    ),
    "script on closing": (in_root(AA=Dictionary(WC=act("JavaScript", JS="x"))), {"javascript"}),
    "print on opening": (in_root(OpenAction=act("Named", N=Name.Print)), {"autoprint"}),
    "program": (on_page(link(act("Launch", F="cmd.exe"))), {"launch"}),
    "other file": (on_page(link(act("GoToR", F="b.pdf"))), {"remote_file"}),
    "attached file": (on_page(link(act("GoToE"))), {"remote_file"}),
    "form sent": (on_page(link(act("SubmitForm", F="http://a.b"))), {"submit_form"}),
    "data fetched": (on_page(link(act("ImportData", F="a.fdf"))), {"import_data"}),
    "web": (on_page(link(act("URI", URI="http://a.b"))), {"external_link"}),
    "unheard of": (on_page(link(act("Frobnicate"))), {"other_action"}),
    "second in a row": (
        on_page(link(act("GoTo", D="x", Next=[act("URI", URI="http://a.b")]))),
        {"external_link"},
    ),
    "attachments": (
        in_root(Names=Dictionary(EmbeddedFiles=Dictionary(Names=[]))),
        {"embedded_file"},
    ),
    "pinned file": (
        on_page(Dictionary(Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9])),
        {"embedded_file"},
    ),
    "film": (on_page(Dictionary(Subtype=Name.RichMedia, Rect=[0, 0, 9, 9])), {"media"}),
    "form of XML": (in_root(AcroForm=Dictionary(Fields=[], XFA="x")), {"xfa"}),
    "stream elsewhere": (outside, {"external_stream"}),
}


def reachable(path):
    """Return every dictionary that an independent reader reaches from the trailer."""
    reader = pypdf.PdfReader(path)
    seen, waiting, found = set(), [reader.trailer], []
    while waiting:
        held = waiting.pop()
        if isinstance(held, IndirectObject):
            if held.idnum in seen:
                continue
            seen.add(held.idnum)
            held = held.get_object()
        if isinstance(held, DictionaryObject):
            found.append(held)
            waiting += [held.raw_get(name) for name in held]
        elif isinstance(held, ArrayObject):
            waiting += list(held)
    return found


def assert_harmless(path):
    for held in reachable(path):
        assert not FORBIDDEN_KEYS & set(held)
        assert held.get("/S") not in FORBIDDEN_ACTIONS
        assert held.get("/Subtype") not in {"/FileAttachment", "/RichMedia", "/3D", "/Screen"}
        assert held.get("/OpenAction", {}) == {} or "/N" not in held["/OpenAction"]


def pixels(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.render(scale=0.5).to_numpy().tobytes() for page in pdf]


@pytest.fixture
def target(tmp_path):
    return tmp_path / "viewing.pdf"


@pytest.mark.parametrize("name", ACTIVE)
def test_what_acts_is_taken_out_and_counted(name, make_pdf, target):
    put, expected = ACTIVE[name]
    path = make_pdf("text")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        put(pdf)
        pdf.save(path)
    before = hashlib.sha256(path.read_bytes()).digest()
    cleaned = clean(path, target)
    assert set(cleaned.removed) == expected
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert_harmless(target)


def test_a_harmless_file_looks_the_same_and_keeps_its_inner_links(make_pdf, target):
    path = make_pdf("text", "stamp", "blank", rotate=90)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        on_page(link(act("GoTo", D=[pdf.pages[1].obj, Name.Fit])))(pdf)
        pdf.save(path)
    assert clean(path, target) == Cleaned()
    assert pixels(path) == pixels(target)
    with pikepdf.open(target) as pdf:
        assert pdf.pages[0].Annots[0].A.S == "/GoTo"


def test_a_child_leaves_the_copy(make_pdf, output):
    assert clean_file(make_pdf("text"), output) == Cleaned()
    assert (output / "viewing.pdf").is_file()


def test_a_child_says_why_there_is_no_copy(make_pdf, tmp_path, output):
    locked = make_pdf("text", save={"encryption": pikepdf.Encryption(owner="a", user="b")})
    assert clean_file(locked, output) is Reason.ENCRYPTED
    (tmp_path / "no.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert clean_file(tmp_path / "no.pdf", output) is Reason.DAMAGED


def test_what_was_taken_out_travels_as_json():
    cleaned = Cleaned(removed={Removed.LAUNCH: 2})
    assert Cleaned.from_json(cleaned.to_json()) == cleaned
    for wrong in ({}, {"removed": None}, {"removed": {"x": 1}}):
        with pytest.raises(ValueError, match=r"not what|Removed"):
            Cleaned.from_json(wrong)


@pytest.mark.real
def test_no_hostile_file_stays_active(real_hostile, output):
    if real_hostile.suffix != ".pdf":
        pytest.skip("no PDF")
    said = clean_file(real_hostile, output, Limits(cpu_seconds=10))
    if isinstance(said, Cleaned):
        try:
            assert_harmless(output / "viewing.pdf")
        except pypdf.errors.PyPdfError:
            pytest.skip("the second reader refuses it")
