"""Whatever a file does to its reader, the ingestion goes on and says so."""

from __future__ import annotations

import os
import resource
import sys
import threading
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import KnowledgeBaseError, UnreadableSourceError
from index.passage import (
    Cue,
    Document,
    HeadingLocation,
    PageLocation,
    QuestionLocation,
    Section,
    TimeLocation,
)
from ingest import isolation
from ingest.answers import LINES, Line, Read
from ingest.child import Child, Limits
from ingest.isolation import IsolatedReader
from ingest.readers import read
from tests.conftest import ROOT
from tests.ingest import hostile
from tests.ingest.corpora import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

COMMAND = (sys.executable, "-m", "tests.ingest.misbehaving")
SOURCES = sorted(
    path
    for path in (ROOT / "corpus").glob("*/*.*")
    if not path.name.startswith("_") and ".meta" not in path.name
)


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader() as isolated:
        yield isolated


@pytest.fixture(scope="module")
def misbehaving() -> Iterator[IsolatedReader]:
    with IsolatedReader(COMMAND, Limits(stall_s=1.2, whole_s=30, answer_bytes=1_000_000)) as isolated:
        yield isolated


def text_of(document: Document) -> str:
    return " ".join(section.text for section in document.sections)


def refusal(reader: IsolatedReader, name: str) -> str:
    with pytest.raises(UnreadableSourceError) as refused:
        reader.read(Path(name))
    return str(refused.value)


def test_a_child_reads_what_would_be_read_here(reader: IsolatedReader) -> None:
    assert len(SOURCES) > 10
    for path in SOURCES:
        isolated, here = reader.read(path), read(path)
        assert (isolated.sections, isolated.extracted) == (here.sections, here.extracted), path
        assert (isolated.unread, isolated.doubts) == (here.unread, here.doubts), path
        assert isolated.declared.keys() == here.declared.keys(), path


LOCATIONS = st.one_of(
    st.builds(PageLocation, st.integers(1, 9), st.none() | st.text(max_size=3)),
    st.builds(TimeLocation, st.floats(0, 9), st.floats(0, 9), st.none() | st.just("https://x.de")),
    st.builds(HeadingLocation, st.none() | st.text(max_size=3)),
    st.builds(QuestionLocation, st.text(max_size=3)),
)
CUES = st.builds(Cue, st.floats(0, 9), st.floats(0, 9), st.text(max_size=3), st.none() | st.text(max_size=3))
HEADINGS = st.lists(st.text(max_size=3), max_size=2).map(tuple)
SECTIONS = st.builds(
    Section, HEADINGS, LOCATIONS, st.text(), st.lists(CUES, max_size=2).map(tuple), st.booleans()
)


@given(st.lists(SECTIONS, max_size=3).map(tuple), HEADINGS, HEADINGS)
def test_every_document_survives_the_way_as_json(
    sections: tuple[Section, ...], unread: tuple[str, ...], doubts: tuple[str, ...]
) -> None:
    document = Document(sections, {"title": "T"}, {"topics": ["a"], "year": 2026}, unread, doubts)
    said = Line(1, Read(document))
    assert LINES.validate_json(LINES.dump_json(said)) == said


def test_a_date_arrives_as_the_text_that_metadata_understand() -> None:
    said = LINES.dump_json(Line(1, Read(Document((), declared={"valid_until": date(2026, 11, 22)}))))
    assert LINES.validate_json(said).answer == Read(Document((), declared={"valid_until": "2026-11-22"}))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("hang", "kam 1 Sekunden lang nicht voran"),
        ("crash", "abgestürzt"),
        ("leave", "abgestürzt"),
        ("be_killed", "Arbeitsspeicher"),
        ("swell", "Arbeitsspeicher"),
        ("swell_slowly", "Arbeitsspeicher"),
        ("tell_too_much", "mehr als 1 MB Text"),
        ("have_a_defect", "unerwarteter Fehler auf (LookupError)"),
        ("say_half_a_letter", "halbe Zeichen"),
        ("talk_nonsense", "abgestürzt"),
        ("write_a_file", "unerwarteter Fehler auf (OSError)"),
    ],
)
def test_a_bad_file_gets_its_reason_and_the_next_one_is_read(
    misbehaving: IsolatedReader, name: str, told: str
) -> None:
    reason = refusal(misbehaving, name)
    assert told in reason
    assert "\n" not in reason
    assert text_of(misbehaving.read(Path("gut"))) == "gut gelesen"


def test_who_ticks_may_take_longer_than_the_limit_of_silence(misbehaving: IsolatedReader) -> None:
    assert text_of(misbehaving.read(Path("take_long_but_get_on"))) == "gelesen"


def test_who_ticks_for_ever_is_stopped_in_the_end() -> None:
    with IsolatedReader(COMMAND, Limits(whole_s=2)) as reader:
        reader.read(Path("gut.mp3"))  # the child has started; a busy machine may take longer than our limit
        assert "dauerte länger" in refusal(reader, "tick_for_ever")


def test_recordings_have_limits_of_their_own_and_are_told_of_those() -> None:
    with IsolatedReader(COMMAND, recordings=Limits(stall_s=1.2)) as reader:
        assert "kam 1 Sekunden lang nicht voran" in refusal(reader, "hang.mp3")


@pytest.mark.parametrize("name", ["tell_its_alarm", "tell_its_alarm.mp3"])
def test_a_child_without_a_parent_ends_itself_but_never_before_its_parent_would(name: str) -> None:
    recordings = Limits(stall_s=700)
    with IsolatedReader(COMMAND, recordings=recordings) as reader:
        left_s = int(text_of(reader.read(Path(name))))
    patient = recordings if name.endswith(".mp3") else Limits()
    assert patient.stall_s < left_s < patient.stall_s + 200


@pytest.fixture
def many_open_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2_000:
        pytest.skip("this machine allows too few open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (2_000, hard))
    with ExitStack() as opened:
        for _ in range(1_100):
            opened.enter_context(Path(os.devnull).open("rb"))
        yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_open_files")
def test_a_process_with_many_open_files_reads_on() -> None:
    with IsolatedReader(COMMAND) as reader:
        assert text_of(reader.read(Path("gut"))) == "gut gelesen"


def test_what_a_library_prints_or_asks_reaches_nobody(misbehaving: IsolatedReader) -> None:
    assert text_of(misbehaving.read(Path("print_and_ask"))) == "eingegeben: ''"


def test_a_library_that_floods_stderr_is_not_kept_waiting(misbehaving: IsolatedReader) -> None:
    assert text_of(misbehaving.read(Path("flood_stderr"))) == "gelesen"


def test_an_answer_too_many_is_never_taken_for_that_of_the_next_file(misbehaving: IsolatedReader) -> None:
    assert refusal(misbehaving, "answer_twice") == "die erste Antwort"
    assert text_of(misbehaving.read(Path("gut"))) == "gut gelesen"


def test_a_defect_leaves_its_traceback_in_our_log(
    misbehaving: IsolatedReader, caplog: pytest.LogCaptureFixture
) -> None:
    refusal(misbehaving, "have_a_defect")
    assert "so war das nicht gedacht" in caplog.text
    assert "Traceback" in caplog.text


def test_the_child_knows_no_settings_and_has_only_its_own_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_QDRANT_API_KEY", "geheim")
    with IsolatedReader(COMMAND) as reader, Path(__file__).open("rb") as ours:
        os.set_inheritable(ours.fileno(), True)
        said = text_of(reader.read(Path("show_environment")))
    assert "KB_" not in said
    assert "PATH" in said
    assert said.endswith(" 3")  # requests, answers and the listing of its own descriptors


def test_one_child_reads_many_files_and_none_is_started_for_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Sequence[str]] = []

    class Counted(Child):
        def __init__(self, command: Sequence[str]) -> None:
            started.append(command)
            super().__init__(command)

    monkeypatch.setattr(isolation, "Child", Counted)
    with IsolatedReader(COMMAND):
        pass
    assert started == []
    with IsolatedReader(COMMAND) as reader:
        for name in ("a", "b", "c"):
            assert text_of(reader.read(Path(name))) == f"{name} gelesen"
    assert started == [COMMAND]


def test_a_command_that_does_not_start_is_told_apart_from_a_bad_file() -> None:
    with (
        IsolatedReader((sys.executable, "-c", "")) as reader,
        pytest.raises(KnowledgeBaseError, match="startet nicht"),
    ):
        reader.read(Path("gut"))


def test_the_end_does_not_wait_for_a_file_that_hangs() -> None:
    """As at Ctrl-C: the thread that reads is told at once, and no child is left."""
    outcome: list[str] = []
    with IsolatedReader(COMMAND) as reader:
        reader.read(Path("gut"))

        def work() -> None:
            with pytest.raises(KnowledgeBaseError) as refused:
                reader.read(Path("hang"))
            outcome.append(str(refused.value))

        thread = threading.Thread(target=work)
        thread.start()
        began = time.monotonic()
    thread.join(5)
    assert outcome == ["Das Lesen wurde beendet."]
    assert time.monotonic() - began < 5
    with pytest.raises(KnowledgeBaseError):
        reader.read(Path("gut"))


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("lachen.docx", hostile.billion_laughs),
        ("tief.docx", hostile.deep_word),
        ("luegt.docx", hostile.swelling_word),
        ("tief.pdf", hostile.deep_pdf),
        ("kreis.pdf", hostile.circling_pages),
        ("schwillt.pdf", hostile.swelling_pdf),
        ("seiten.pdf", hostile.many_pages),
        ("tief.html", lambda: b"<div>" * 300_000 + b"x"),
        ("tief.md", lambda: b">" * 100_000 + b" x"),
        ("tief.yaml", lambda: b"[" * 300_000),
    ],
)
def test_hostile_files_are_refused_and_good_ones_read(
    reader: IsolatedReader, tmp_path: Path, name: str, made: Callable[[], bytes]
) -> None:
    write(tmp_path, {name: made(), "gut.md": "Ein guter Text."})
    assert refusal(reader, str(tmp_path / name))
    assert text_of(reader.read(tmp_path / "gut.md")) == "Ein guter Text."
