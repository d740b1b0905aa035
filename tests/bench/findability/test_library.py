"""Reading a folder of texts and questions, and telling where the answers stood."""

import gzip
import json
import sys

import pytest

from bench.findability import engines, report
from bench.findability.library import PAGE, Paper, papers, questions, seven_forms
from bench.findability.report import Wish

ARTICLES = [
    {"id": "a1", "title": "Trồng rừng", "doc_number": "3-NQ/TU", "effective": "2024-05-20"},
    {"id": "a2", "title": None, "doc_number": None, "effective": None},
    {"id": "a3", "title": "Nuôi cá", "doc_number": "13-NQ/TU", "effective": "nay"},
]
WHOLE = [{"id": "w1", "title": "Luật đê", "number": "9/2025/QH15", "issued": "2025-01-02"}]
ASKED = [
    {"qid": "1", "kind": "article-title", "query": "Trồng rừng", "relevant": ["a1"]},
    {"qid": "2", "kind": "document-number", "query": "9/2025/QH15", "relevant": ["w1"]},
]


@pytest.fixture
def folder(tmp_path):
    for name, rows in zip(report.TEXTS, (ARTICLES, WHOLE), strict=True):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as file:
            for row in rows:
                print(json.dumps(row | {"text": f"Nội dung của {row['id']}"}), file=file)
    lines = [json.dumps(row | {"query_no_diacritics": row["query"].lower()}) for row in ASKED]
    (tmp_path / report.QUESTIONS).write_text("\n".join(lines) + "\n\n", "utf-8")
    return tmp_path


def test_papers_have_what_the_rows_say(folder):
    first, second, third, law = papers(folder)
    assert first == Paper("a1", "Trồng rừng", "3-NQ/TU", "Nội dung của a1", 20240520)
    assert second == Paper("a2", "", "", "Nội dung của a2")
    assert third.issued_on == 0
    assert (law.number, law.issued_on) == ("9/2025/QH15", 20250102)
    assert law.untitled().title == ""


def test_questions_have_both_forms_and_their_answers(folder):
    title, number = questions(folder)
    assert title.forms == ("Trồng rừng", "trồng rừng")
    assert (number.kind, number.answers) == ("document-number", {"w1"})


def test_a_number_has_seven_forms():
    assert seven_forms("03-NQ/TU") == (
        "03-NQ/TU",
        "03 nq tu",
        "03NQ/TU",
        "số 03-NQ/TU",
        "Số: 03-NQ/TU",
        "03-NQ/TU",
        "3-NQ/TU",
    )
    assert seven_forms("30/2020/NĐ-CP")[2] == "30/2020/NĐ-CP"
    assert seven_forms("30/2020/NĐ-CP")[5:] == ("30/2020/ND-CP", "030/2020/NĐ-CP")


@pytest.mark.parametrize("text", ["", "ngắn", "chữ " * PAGE, "liền" * PAGE])
def test_pages_together_are_the_text_and_none_is_too_long(text):
    pages = list(Paper("x", "", "", text).pages())
    assert "".join(pages) == text
    assert all(len(page) <= PAGE for page in pages)


@pytest.mark.parametrize("build", [engines.product, engines.folded_fts5, engines.raw_fts5])
def test_every_engine_finds_what_it_was_given(folder, tmp_path, build):
    ask = build(papers(folder), tmp_path / "index")
    assert ask("Trồng rừng")[:1] == ["a1"]
    assert ask("") == []


def test_the_table_has_a_line_a_kind_and_form_and_names_what_was_missed(folder, capsys):
    report.run(folder, Wish(only="product", misses=True))
    out = capsys.readouterr().out
    lines = [line for line in out.splitlines() if line.startswith("product")]
    assert len(lines) == 10
    assert all("1.000" in line for line in lines[:5])
    assert "absent: 'Trồng rừng'" in out


def test_an_engine_that_is_not_installed_is_left_out(folder, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "tantivy", None)
    report.run(folder, Wish(only="tantivy"))
    assert capsys.readouterr().out.count("tantivy is not installed") == 2
