"""Files damaged at random: each gets its verdict from the sandbox, and nothing else happens."""

import hashlib
import io
import os
import random
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from meetings.intake import Reason, inspect_file
from tests import papers
from tests.meetings.intake import bombs
from tests.meetings.intake.office.compound_files import compound_file
from tests.meetings.intake.office.conftest import docx_parts

FILES = 2_000 if os.environ.get("LONG_TESTS") else 200
HEIC = Path(__file__).with_name("corner.heic").read_bytes()
RTF = (
    r"{\rtf1\ansi{\fonttbl{\f0 Times New Roman;}}\f0 Ngh\u7883? quy\u7871?t s\u7889? 03-NQ/TU\par}"
)
PARAGRAPH = "<w:p><w:r><w:t>Nghị quyết số 03-NQ/TU về cải cách hành chính</w:t></w:r></w:p>"
OPEN_TEXT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
    "<o:body><o:text>Kết luận 436-KL/TU</o:text></o:body></o:document-content>",
}


def zipped(parts):
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return file.getvalue()


def picture(kind):
    with io.BytesIO() as file:
        Image.radial_gradient("L").resize((160, 120)).save(file, kind)
        return file.getvalue()


@pytest.fixture(scope="module")
def sound():
    """Small files of every family, by the name they come under."""
    return {
        "born.pdf": papers.pdf(*papers.TEXTS),
        "streams.pdf": bombs.object_stream(40),
        "forms.pdf": bombs.forms(3, 3),
        "paper.docx": zipped(docx_parts(PARAGRAPH)),
        "paper.odt": zipped(OPEN_TEXT),
        "paper.doc": compound_file({"WordDocument": b"\xec\xa5" + bytes(600)}),
        "paper.rtf": RTF.encode(),
        "paper.txt": "Kết luận 436-KL/TU về phòng họp không giấy tờ\n".encode() * 20,
        "photo.jpg": picture("JPEG"),
        "photo.png": picture("PNG"),
        "photo.tiff": picture("TIFF"),
        "photo.webp": picture("WEBP"),
        "photo.heic": HEIC,
        "many.zip": zipped({"a.pdf": papers.pdf("Một"), "b.txt": "Hai"}),
    }


def flipped(chance, data):
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut(chance, data):
    del data[chance.randrange(1, len(data)) :]


def emptied(chance, data):
    start = chance.randrange(len(data))
    data[start : start + chance.randint(1, 64)] = bytes(chance.randint(0, 64))


def repeated(chance, data):
    start = chance.randrange(len(data))
    data[start:start] = data[start : start + 400] * chance.randint(1, 50)


def renumbered(chance, data):
    """Make numbers as large as their digits allow: lengths, places, sizes, counts."""
    places = [place for place, byte in enumerate(data) if 0x30 <= byte <= 0x39]
    for place in chance.sample(places, min(len(places), chance.randint(1, 20))):
        data[place] = 0x39


def crossed(chance, data):
    data[chance.randrange(len(data)) :] = data[: chance.randrange(1, len(data))]


WAYS = (flipped, cut, emptied, repeated, renumbered, crossed)


def damaged(chance, content):
    """Return a damaged copy; of an archive often one of its parts, else nothing is ever opened."""
    if content.startswith(b"PK") and chance.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice(sorted(name for name in parts if parts[name]))
        return zipped(parts | {name: damaged(chance, parts[name])})
    data = bytearray(content)
    chance.choice(WAYS)(chance, data)
    return bytes(data)


def test_damage_is_the_same_for_the_same_seed_and_another_for_another(sound):
    made = [damaged(random.Random(seed), sound["born.pdf"]) for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]


def test_sound_files_are_what_they_say(sound, tmp_path):
    for name, content in sound.items():
        file = tmp_path / name
        file.write_bytes(content)
        assert inspect_file(file, name).reason not in {Reason.DAMAGED, Reason.CRASHED}, name


@pytest.mark.long
def test_every_damaged_file_gets_its_verdict_and_stays_as_it_came(sound, tmp_path):
    def verdict(seed):
        chance = random.Random(seed)
        name = chance.choice(sorted(sound))
        content = damaged(chance, sound[name])
        file = tmp_path / f"{seed}-{name}"
        file.write_bytes(content)
        before = hashlib.sha256(content).digest()
        found = inspect_file(file, name)
        assert hashlib.sha256(file.read_bytes()).digest() == before, seed
        file.unlink()
        return found.reason

    with ThreadPoolExecutor(2) as pool:
        reasons = Counter(pool.map(verdict, range(FILES)))
    print({str(reason): count for reason, count in reasons.most_common()})
    assert reasons.total() == FILES
    assert list(tmp_path.iterdir()) == [], "no reader leaves a file beside the one it reads"
    assert reasons[None], "some damage is harmless"
    assert reasons[Reason.DAMAGED], "and some is not"
