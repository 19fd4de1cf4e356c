"""The folder tree is the architecture: who may import whom, and how long things may grow."""

from __future__ import annotations

import ast
from statistics import median
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MAY_IMPORT = {
    "index": set(),
    "ingest": {"index"},
    "search_api": {"index"},
    "ui": {"search_api.schemas", "search_api.view"},
    "benchmarks": {"index", "ingest", "search_api", "ui"},
}
PURE = {
    "search_api.view": {"search_api.schemas", "search_api.view"},
    "search_api.folder": {"search_api.schemas", "search_api.view", "search_api.folder"},
}  # what a room of the house may import
ONE_ROOM = {  # a foreign library: the only modules that know it
    "qdrant_edge": {"index.embedded"},
    "qdrant_client": {"index.server"},
    "sentence_transformers": {"index.encoder"},
    "langchain_text_splitters": {"ingest.chunking"},
    "Stemmer": {"index.german", "benchmarks.peers.scripts.bm25s"},
    "onnx": {"index.question_network"},
    "onnxruntime": {"index.bundled_encoder"},
    "simplemma": {"index.word_forms"},
    "marisa_trie": {"index.word_forms"},
    "rapidfuzz": {
        *("index.vocabulary", "search_api.arrangement", "ingest.metadata_keys", "benchmarks.reading"),
    },
    "py3langid": {"index.language_model"},
    "ir_measures": {"search_api.evaluation"},
    "pypdf": {"ingest.readers", "benchmarks.reading"},
    "pypdfium2": {"ingest.readers", "search_api.page_pictures"},
    "reportlab": {"search_api.folder.pdf", "benchmarks.golden_pdf", "benchmarks.golden_sheet"},
    "docx": {"ingest.readers", "search_api.folder.docx"},
    "pptx": {"ingest.readers"},
    "python_calamine": {"ingest.readers.spreadsheet"},
    "faster_whisper": {"ingest.readers.recording"},
    "babel": {"search_api.view.locales"},
    "streamlit": {"ui"},
    "fastapi": {"search_api"},
}
TOP_LEVEL = {
    *("pyproject.toml", "ingest", "index", "search_api", "ui", "corpus", "benchmarks", "tests", "docs"),
    *(
        "docker-compose.yml",
        "Dockerfile",
        "Makefile",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "constraints.txt",
    ),
}
MADE_HERE = {"var", "build", "partnerschaftslotse.egg-info"}  # ignored by git
MODULES = sorted(path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_data_flows_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    house = {name for name in imports(path) if within(name, {*MAY_IMPORT, "tests"})}
    wrong = {name for name in house if not within(name, MAY_IMPORT[package] | {package})}
    assert wrong == set()


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_knows_nothing_of_the_rest(room: str) -> None:
    inside = [path for path in MODULES if within(name_of(path), {room})]
    wrong = {
        name
        for path in inside
        for name in imports(path)
        if within(name, {*MAY_IMPORT}) and not within(name, PURE[room])
    }
    assert inside
    assert wrong == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_is_known_in_one_room(path: Path) -> None:
    name = name_of(path)
    wrong = {
        used
        for used in imports(path)
        for library, rooms in ONE_ROOM.items()
        if within(used, {library}) and not within(name, rooms)
    }
    assert wrong == set()


def test_the_top_level_is_the_one_of_the_design() -> None:
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert visible - MADE_HERE == TOP_LEVEL


def test_functions_and_modules_stay_short() -> None:
    lengths: list[int] = []
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 250, f"{name_of(path)} has two concepts in one room"
        lengths += [
            (node.end_lineno or 0) - node.lineno + 1
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
    assert max(lengths) <= 40
    assert median(lengths) <= 12


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty_words = {"utils", "helpers", "manager", "data", "info", "common", "misc"}
    assert [name_of(path) for path in MODULES if path.stem in empty_words] == []
