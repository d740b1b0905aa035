import json
import subprocess
import sys

import meetings.intake
from meetings.intake import sandbox_state
from meetings.intake.walls import PROJECT

PARSERS = {"pypdf", "pypdfium2", "pypdfium2_raw", "pikepdf", "PIL", "weasyprint"}
LOADED = """
import json, sys
import meetings.intake
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def test_the_intake_loads_no_parser():
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert "meetings" in loaded
    assert not loaded & (PARSERS | {"flask", "sqlalchemy"})


def test_everything_that_the_intake_offers_is_there():
    assert all(hasattr(meetings.intake, name) for name in meetings.intake.__all__)
    assert sandbox_state() == "bubblewrap"
