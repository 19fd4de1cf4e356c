"""Judged questions: read from the corpus, compared with passages, refused with the place of a mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from index.errors import KnowledgeBaseError
from index.judgements import FILE_NAME, UNANSWERABLE, Judgement, RelevantSpan, read_judgements
from tests.conftest import ROOT
from tests.index.passages import passage

if TYPE_CHECKING:
    from pathlib import Path

WELL_FORMED = """
- question: Wer zahlt den Bus?
  class: frage
  example: Geld
  relevant:
    - source: handbuch/reisen.md
      span: Den Bus zahlt der Verein
- question: Who pays?
  language: en
  class: fremdsprache
  relevant:
    - {source: handbuch/reisen.md, span: Den Bus zahlt der Verein}
- question: Wie backt man Kuchen?
  class: ohne-antwort
"""


def read(folder: Path, text: str | bytes) -> tuple[Judgement, ...]:
    raw = text.encode() if isinstance(text, str) else text
    (folder / FILE_NAME).write_bytes(raw)
    return read_judgements(folder)


def refusal(folder: Path, text: str | bytes) -> str:
    with pytest.raises(KnowledgeBaseError) as caught:
        read(folder, text)
    message = str(caught.value)
    assert FILE_NAME in message
    assert "\n" not in message
    return message


def test_questions_are_read_with_their_answers(tmp_path: Path) -> None:
    bus, foreign, cake = read(tmp_path, WELL_FORMED)
    assert (bus.question, bus.language, bus.question_class) == ("Wer zahlt den Bus?", "de", "frage")
    assert (bus.example, foreign.example) == ("Geld", False)
    assert foreign.language == "en"
    assert (
        bus.relevant
        == foreign.relevant
        == (RelevantSpan(source="handbuch/reisen.md", span="Den Bus zahlt der Verein"),)
    )
    assert (cake.question_class, cake.relevant) == (UNANSWERABLE, ())


@pytest.mark.parametrize("text", ["", "\n\n", "# noch keine\n", "[]"])
def test_a_file_without_questions_is_fine(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == ()


def test_a_corpus_without_the_file_is_fine(tmp_path: Path) -> None:
    assert read_judgements(tmp_path) == ()
    assert read_judgements(tmp_path / "nirgends") == ()


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("class: frage", "question"),
        ("question: Wer zahlt?", "class"),
        ("question: ''\n  class: frage", "question"),
        ("question: Wer zahlt?\n  class: frage\n  antwort: Alle", "antwort"),
        ("question: Wer zahlt?\n  class: frage\n  example: [ja]", "example"),
        ("question: Wer zahlt?\n  class: frage\n  relevant:\n    - source: a.md", "span"),
        ("question: Wer zahlt?\n  class: frage\n  relevant:\n    - {source: a.md, span: ''}", "span"),
        ("question: Wer zahlt?\n  class: frage\n  relevant: a.md", "relevant"),
    ],
)
def test_a_mistake_in_an_entry_is_named(tmp_path: Path, entry: str, named: str) -> None:
    message = refusal(tmp_path, f"- question: Gut?\n  class: frage\n- {entry}\n").replace(str(tmp_path), "")
    assert named in message, "the field at fault"
    assert re.search(r"\b[12]\b", message), "which of the entries, counted from 0 or 1"


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    message = refusal(tmp_path, "- question: Gut?\n  class: frage\n- question: [offen\n").replace(
        str(tmp_path), ""
    )
    assert "3" in message or "4" in message


@pytest.mark.parametrize("text", ["question: Wer zahlt?", "nur Worte", "42", "- Wer zahlt?", "- [a, b]"])
def test_what_is_no_list_of_questions_is_refused(tmp_path: Path, text: str) -> None:
    assert "keine Liste beurteilter Fragen" in refusal(tmp_path, text)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    assert "Bitte berichtigen Sie die Datei" in refusal(tmp_path, "- question: Für wen?".encode("cp1252"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Den Bus zahlt der Verein.", True),
        ("Vorweg. Den Bus  zahlt\nder\u00a0Verein. Danach.", True),
        ("Den Bus zahlt der Vertreter.", False),
        ("den bus zahlt der verein", False),
        ("Den Bus zahlt", False),
        ("", False),
    ],
)
def test_a_span_is_found_over_whatever_blanks_and_line_ends(text: str, found: bool) -> None:
    span = RelevantSpan(source="a.md", span=" Den Bus zahlt\n  der Verein ")
    assert span.found_in(passage(text, "a.md")) is found


def test_a_span_is_found_in_its_own_source_only() -> None:
    span = RelevantSpan(source="a.md", span="Bus")
    assert span.found_in(passage("Bus", "a.md"))
    assert not span.found_in(passage("Bus", "b.md"))


def test_a_question_is_answered_by_any_of_its_spans_and_an_unanswerable_one_by_none() -> None:
    spans = (RelevantSpan(source="a.md", span="Bus"), RelevantSpan(source="b.md", span="Bahn"))
    asked = Judgement.model_validate({"question": "Womit?", "class": "frage", "relevant": spans})
    assert asked.answered_by(passage("Mit dem Bus.", "a.md"))
    assert asked.answered_by(passage("Mit der Bahn.", "b.md"))
    assert not asked.answered_by(passage("Mit der Bahn.", "a.md"))
    unanswerable = Judgement.model_validate({"question": "Kuchen?", "class": UNANSWERABLE})
    assert not unanswerable.answered_by(passage("Kuchen", "a.md"))


def test_the_corpus_has_judged_questions_of_both_sorts_and_examples() -> None:
    judgements = read_judgements(ROOT / "corpus")
    assert any(judgement.example for judgement in judgements)
    assert any(judgement.question_class == UNANSWERABLE for judgement in judgements)
    assert all(
        bool(judgement.relevant) != (judgement.question_class == UNANSWERABLE) for judgement in judgements
    )


def test_a_file_that_has_not_changed_is_read_once_and_a_changed_one_again(tmp_path: Path) -> None:
    first = read(tmp_path, WELL_FORMED)
    assert read_judgements(tmp_path) is first
    assert len(read(tmp_path, WELL_FORMED + "- {question: Neu?, class: ohne-antwort}\n")) == len(first) + 1
    (tmp_path / FILE_NAME).unlink()
    assert read_judgements(tmp_path) == ()
