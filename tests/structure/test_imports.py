"""What imports what: the light processes stay light, lists start from the policy."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("meetings", "storage", "search_index")
LOW = ("storage", "search_index", "meetings.models")
PARSERS = ("pypdf", "pypdfium2", "pikepdf", "PIL", "weasyprint")


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def modules() -> list[str]:
    files = [
        f
        for package in ("meetings", "storage", "search_index")
        for f in (ROOT / package).rglob("*.py")
    ]
    names = [".".join(f.relative_to(ROOT).with_suffix("").parts) for f in files]
    return sorted(
        n.removesuffix(".__init__") for n in names if ".migrations" not in n and "__main__" not in n
    )


def test_each_module_imports_alone():
    """In one process, with our own modules forgotten before each.

    The layers below, which import nothing from above, come first and are known from then on.
    """
    low = [name for name in modules() if name.startswith(LOW)]
    high = [name for name in modules() if name not in low]
    code = f"""
import importlib, sys

def import_each(names, kept):
    for name in names:
        for ours in [m for m in sys.modules if m.split(".")[0] in {PACKAGES!r} and m not in kept]:
            del sys.modules[ours]
        importlib.import_module(name)

import_each({low!r}, kept=())
for name in {low!r}:
    importlib.import_module(name)
import_each({high!r}, kept={set(low)!r})
print("all")
"""
    outcome = run(code)
    assert outcome.stdout.strip() == "all", outcome.stderr


@pytest.mark.parametrize("module", ["meetings.app", "meetings.server", "meetings.worker"])
def test_web_and_worker_never_import_a_parser(module: str):
    code = f"import sys, {module}; print([p for p in {PARSERS!r} if p in sys.modules])"
    assert run(code).stdout.strip() == "[]"


@pytest.mark.parametrize("module", ["meetings.app", "meetings.server", "meetings.worker"])
def test_web_and_worker_do_without_what_brings_tables_up_to_date(module: str):
    assert run(f"import sys, {module}; print('alembic' in sys.modules)").stdout.strip() == "False"


def test_the_supervisor_needs_the_standard_library_only():
    code = "import sys, meetings.supervisor; print('flask' in sys.modules, 'click' in sys.modules)"
    assert run(code).stdout.strip() == "False False"


def test_the_worker_knows_no_flask():
    assert (
        run("import sys, meetings.worker; print('flask' in sys.modules)").stdout.strip() == "False"
    )


def test_lists_start_from_what_a_person_may_read():
    """No view or query selects a listable table by itself."""
    listable = "Body|Person|Meeting|AgendaPaper|Document|User|Job|Feedback|SignIn"
    selecting = re.compile(rf"\bselect\(\s*({listable})\s*[,)]")
    for file in ROOT.glob("meetings/*/**/*.py"):
        if file.name in {"views.py", "queries.py"}:
            assert not selecting.search(file.read_text(encoding="utf-8")), file
