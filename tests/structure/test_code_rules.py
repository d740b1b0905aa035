"""House rules of the code that keep whole classes of mistakes out, read off the sources."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(
    f for name in ("meetings", "storage", "search_index") for f in (ROOT / name).rglob("*.py")
)
SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "pickle", "marshal", "shelve", "yaml", "dill"}
CALLS_OTHERS = {"requests", "httpx", "aiohttp", "urllib3", "smtplib", "ftplib", "http.client"}
CARRIERS = ROOT / "meetings/carriers"
DIGESTS = {"sha256", "file_digest", "_Hash"}
HOME_MADE = {"hazmat", "Cipher", "algorithms", "modes"}
PATTERN_CALLS = {"compile", "match", "fullmatch", "search", "split", "sub", "findall", "finditer"}
OWN_SERVER = (
    "meetings/supervisor.py"  # asks its own web server, on this machine, whether it answers
)


def nodes(file: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(file: Path) -> set[str]:
    found = set()
    for node in nodes(file):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def called(file: Path) -> Iterator[ast.Call]:
    return (node for node in nodes(file) if isinstance(node, ast.Call))


def attributes(file: Path, of: str) -> set[str]:
    return {
        n.attr
        for n in nodes(file)
        if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == of
    }


def test_nothing_runs_a_text_or_opens_objects_from_one():
    assert len(FILES) > 150
    for file in FILES:
        plain = {c.func.id for c in called(file) if isinstance(c.func, ast.Name)}
        assert not plain & RUNS_TEXT, name_of(file)
        assert not imports(file) & RUNS_TEXT, name_of(file)


def test_no_chance_comes_from_a_generator_that_can_be_foretold():
    assert [name_of(f) for f in FILES if "random" in imports(f)] == []
    assert [name_of(f) for f in FILES if "numpy.random" in imports(f)] == []


def test_every_digest_of_ours_is_sha_256():
    used = set().union(*(attributes(file, "hashlib") for file in FILES))
    ours = [file for file in FILES if "signatures" not in file.parts]  # others sign as they like
    signed = set().union(*(attributes(file, "hashes") for file in ours))
    assert "sha256" in used
    assert used <= DIGESTS
    assert signed == {"SHA256"}


def test_ciphers_come_whole_from_their_library():
    """Only authenticated ciphers and signatures; no block, mode or padding is put together here."""
    for file in FILES:
        parts = {p for module in imports(file) for p in module.split(".")} - {"hazmat"}
        assert not parts & HOME_MADE, name_of(file)
        assert not parts & {"padding", "rsa", "dsa", "des", "Crypto"}, name_of(file)


def is_fixed(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        return node.id.isupper()
    if isinstance(node, ast.JoinedStr):
        parts = [p.value for p in node.values if isinstance(p, ast.FormattedValue)]
        return all(is_fixed(part) for part in parts)
    if isinstance(node, ast.BinOp):
        return is_fixed(node.left) and is_fixed(node.right)
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "re.escape"


def test_no_pattern_is_made_of_what_people_write():
    seen = 0
    for file in FILES:
        for call in called(file):
            func = call.func
            if isinstance(func, ast.Attribute) and ast.unparse(func.value) == "re":
                seen += func.attr in PATTERN_CALLS
                assert func.attr == "escape" or is_fixed(call.args[0]), (
                    f"{name_of(file)}:{call.lineno}"
                )
    assert seen > 10


def test_no_format_is_made_of_what_people_write():
    for file in FILES:
        for call in called(file):
            if isinstance(call.func, ast.Attribute) and call.func.attr in {"format", "format_map"}:
                owner = call.func.value
                is_super = ast.unparse(owner) == "super()"
                assert is_super or is_fixed(owner), f"{name_of(file)}:{call.lineno}"
        for node in nodes(file):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
                right = isinstance(node.right, ast.Tuple | ast.Dict)
                assert not right or is_fixed(node.left), f"{name_of(file)}:{node.lineno}"


def test_only_the_carriers_of_messages_call_another_server():
    for file in FILES:
        found = imports(file)
        assert not found & CALLS_OTHERS or file.is_relative_to(CARRIERS), name_of(file)
        assert "urllib.request" not in found or name_of(file) == OWN_SERVER, name_of(file)


def test_a_form_and_an_address_are_never_read_as_one():
    for file in FILES:
        assert not attributes(file, "request") & {"values"}, name_of(file)


@pytest.mark.parametrize(
    "mistake",
    [
        r"(?<![=!<>])[=!]=(?!=)",
        r"__proto__|\.prototype\b|\.constructor\b",
        r"Object\.(?:assign|setPrototypeOf)|structuredClone",
        r"\w\[[^\]'\"\d]+\]\s*=(?![=>])",
        r"\bfor\s*\([^)]*\bin\b",
    ],
    ids=["loose equality", "prototype", "merging", "computed key", "inherited keys"],
)
def test_no_script_compares_loosely_or_lets_a_text_name_a_property(mistake: str):
    assert len(SCRIPTS) > 10
    for script in SCRIPTS:
        code = re.sub(
            r"/\*.*?\*/|//[^\n]*|\"[^\"\n]*\"|`[^`]*`", "", script.read_text(), flags=re.DOTALL
        )
        assert re.findall(mistake, code) == [], script.name


def test_no_script_keeps_anything_but_keys_ciphertext_and_the_empty_shell():
    keeps = re.compile(
        r"localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\b|cookieStore"
    )
    found = {(s.name, word) for s in SCRIPTS for word in keeps.findall(s.read_text())}
    assert found == {
        ("lost.js", "localStorage"),
        ("trial.js", "indexedDB"),
        ("device_key.js", "indexedDB"),
        ("database.js", "indexedDB"),
        ("pack.js", "indexedDB"),
        ("pack.js", "caches"),
        ("worker.js", "caches"),
    }
    key = (ROOT / "static/js/device_key.js").read_text()
    assert "generateKey(ALGORITHM, false," in key, "the key cannot be taken out of the browser"


def test_keys_that_sign_are_of_two_kinds_on_one_curve():
    """Ed25519 for what we sign ourselves, ECDSA over P-256 for tablets and certificates."""
    ours = [file for file in FILES if "signatures" not in file.parts]
    root = "cryptography.hazmat.primitives.asymmetric"
    kinds = {name for file in ours for name in imports(file) if name.startswith(root)}
    parts = {name.removeprefix(root).lstrip(".").split(".")[0] for name in kinds} - {""}
    assert parts == {"ed25519", "ec", "utils"}
    curves = {name for file in ours for name in attributes(file, "ec") if name.startswith("SEC")}
    assert curves == {"SECP256R1"}


def test_papers_reach_people_by_way_of_the_second_person_but_for_the_demo():
    """Who lays papers or invites directly: the wishes, what was agreed to, and the loader."""
    directly = {
        name_of(file)
        for file in FILES
        for call in called(file)
        if ast.unparse(call.func).split(".")[-1] in {"lay_paper", "invite"}
    }
    assert directly == {
        "meetings/agenda/access/services.py",
        "meetings/second_person/services.py",
        "meetings/demo/furnishing.py",
        "meetings/demo/tasks.py",
    }
