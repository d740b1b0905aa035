"""A writer in one process, a reader in another; a writer that dies."""

import os
import signal
import subprocess
import sys

from search_index import SearchIndex
from tests.search_index.library import document, found

PUT = """
import sys
from pathlib import Path
from search_index import DocumentEntry, PageEntry, SearchIndex
index = SearchIndex.open(Path(sys.argv[1]))
index.put(DocumentEntry("theirs", "1", (PageEntry(1, "biên bản bàn giao"),)))
"""
DIE_BEFORE_THE_NAME = f"""
import os, signal
from search_index.writing import Storage
Storage.rename_file = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
{PUT}
"""


def run(program, folder):
    command = [sys.executable, "-c", program, str(folder)]
    return subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": os.curdir})


def test_a_reader_sees_what_another_process_has_committed(index, folder):
    index.put(document("ours", "quy chế làm việc"))
    assert run(PUT, folder).returncode == 0
    assert found(index, "bàn giao") == ["theirs"]
    assert found(index, "quy chế") == ["ours"]


def test_a_writer_killed_before_its_commit_leaves_the_one_before(index, folder):
    index.put(document("ours", "quy chế làm việc"))
    assert run(DIE_BEFORE_THE_NAME, folder).returncode == -signal.SIGKILL
    again = SearchIndex.open(folder)
    assert again.versions() == {"ours": "1"}
    again.put(document("later", "viết được tiếp"))
    assert found(index, "viết được") == ["later"]
    assert not list(folder.glob("*.toc.*"))
