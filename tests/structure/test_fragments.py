"""House rule of the fragments: they are kept for everybody, so they may know nobody."""

import re
from pathlib import Path

import pytest

FRAGMENTS = sorted((Path(__file__).parents[2] / "templates" / "fragments").glob("*.html"))
PERSONAL = re.compile(
    r"\b(current_user|request|session|g|config|may|navigation|preferences|csrf\w*|"
    r"get_flashed_messages)\b(?!\s*=)"
)
CODE = re.compile(r"{[{%](.*?)[}%]}", re.DOTALL)
WORDS = re.compile(r"\"[^\"]*\"|'[^']*'")


def personal(template: str) -> set[str]:
    code = " ".join(WORDS.sub("", part) for part in CODE.findall(template))
    imported = set(re.findall(r"components/(csrf|flashes|preferences)\.html", template))
    return imported | {match[0] for match in PERSONAL.finditer(code)}


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.stem)
def test_a_fragment_knows_neither_the_person_nor_the_request(path: Path):
    assert personal(path.read_text()) == set()


def test_the_rule_finds_what_it_looks_for():
    assert personal("{{ current_user.person }}") == {"current_user"}
    assert personal('{% from "components/csrf.html" import csrf %}') == {"csrf"}
    assert personal("{{ may(x) }}{{ request.path }}") == {"may", "request"}
    assert personal("{{ _('Sign out of this session') }}") == set()
