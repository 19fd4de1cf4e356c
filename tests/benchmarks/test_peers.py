from __future__ import annotations

import ast
import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.peers.compete import compete
from benchmarks.peers.contest import exported, gather
from benchmarks.peers.environment import prepare
from benchmarks.peers.failure import PeerFailedError, reason
from benchmarks.peers.rankings import read_answers
from benchmarks.peers.roster import PEERS, REQUIREMENTS, Peer
from benchmarks.peers.run import run
from benchmarks.peers.scores import Figures, figures
from benchmarks.peers.scripts import dense, exchange, fts5
from benchmarks.peers.scripts.exchange import Export, ExportedPassage, ExportedQuestion
from benchmarks.peers.scripts.fusion import fuse
from benchmarks.peers.table import Row, as_json, table
from index.judgements import Judgement, RelevantSpan
from index.language_means import LanguageMeans
from index.thesaurus import Thesaurus
from search_api.served import serve
from search_api.tools import Tools
from tests.conftest import ROOT
from tests.index.passages import passage
from tests.ingest.corpora import embedded, ingest, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.peers.contest import Contest
    from tests.fake_encoder import WordEncoder

SCRIPTS = ROOT / "benchmarks" / "peers" / "scripts"
THIS_PYTHON = Path(sys.executable)
TODAY = date(2026, 11, 24)
REACHED = {
    "german": Figures(2, 0.75, 0.5),
    "other": Figures(1, 0.25, 1.0),
    "all": Figures(3, 0.583, 0.667),
}


def export(questions: tuple[str, ...], *texts: str) -> Export:
    """Passages "p0", "p1" … that are as near to every question as they are early."""
    fan = np.linspace(0.0, 1.0, len(texts))
    vectors = np.stack([np.cos(fan), np.sin(fan)], axis=1).astype(np.float32)
    return Export(
        passages=tuple(ExportedPassage(f"p{row}", "faq/a.csv", text) for row, text in enumerate(texts)),
        passage_vectors=vectors,
        questions=tuple(ExportedQuestion(question, "de") for question in questions),
        question_vectors=np.repeat(vectors[:1], len(questions), axis=0),
    )


def judged(question: str, span: str, language: str = "de") -> Judgement:
    spans = (RelevantSpan(source="handbuch/a.md", span=span),) if span else ()
    return Judgement.model_validate(
        {"question": question, "language": language, "class": "frage", "relevant": spans}
    )


def written(rankings: object) -> str:
    return json.dumps({"versions": {"Python": "3.11.7"}, "rankings": rankings})


@pytest.fixture
def contest(tmp_path: Path, encoder: WordEncoder) -> Iterator[Contest]:
    corpus = tmp_path / "corpus"
    write(
        corpus,
        {
            "handbuch/a.md": "# Fahrten\n\nDer Bus braucht einen Fahrtenschreiber.",
            "handbuch/b.md": "# Gäste\n\nGastfamilien erhalten ein Dankschreiben.",
            "foerderung/alt.md": "---\nvalid_until: 2021-01-31\n---\n# Bus\n\nDer Bus war einmal gefördert.",
        },
    )
    ingest(corpus, embedded(tmp_path), encoder)
    served = serve(embedded(tmp_path).open())
    tools = Tools(encoder, LanguageMeans({}), Thesaurus, None)
    judgements = [
        judged("Was braucht der Bus?", "einen Fahrtenschreiber"),
        judged("Wie hoch ist der Mond?", ""),
    ]
    yield gather(served, tools, judgements, TODAY)
    served.generation.close()
    shutil.rmtree(tmp_path / "index")


def test_what_is_written_for_the_peers_is_what_they_read(tmp_path: Path) -> None:
    tricky = export(("Wie?",), "Zeile\neins", "mit\u2028Trenner und »ß«")
    exchange.write_export(tricky, tmp_path)
    read = exchange.read_export(tmp_path)
    assert (read.passages, read.questions) == (tricky.passages, tricky.questions)
    assert np.array_equal(read.passage_vectors, tricky.passage_vectors)


def test_fts5_finds_words_whatever_their_accents_and_ranks_rare_ones_higher() -> None:
    question = "Gibt es ZUSCHÜSSE für den Bus?"
    asked = export(
        (question,), "Der Bus fährt.", "Den Bus zahlen Zuschusse.", "Nichts davon.", "Der Bus steht."
    )
    assert fts5.rank(asked)[0][0] == 1
    assert set(fts5.rank(asked)[0]) == {0, 1, 3}


@pytest.mark.parametrize("question", ['"', "NOT", "Bus AND", "a* OR (b", "–?!", "text:Bus", "Kost'nix"])
def test_fts5_takes_a_question_for_words_never_for_a_query(question: str) -> None:
    assert len(fts5.rank(export((question,), "Bus", "Bahn"))) == 1


def test_dense_ranks_by_the_cosine() -> None:
    assert dense.rank(export(("eins", "zwei"), "a", "b", "c")) == [[0, 1, 2], [0, 1, 2]]


def test_fusion_favours_what_both_rankings_name() -> None:
    assert fuse([7, 1, 2], [3, 1]) == [1, 7, 3, 2]
    assert fuse([5, 6], []) == [5, 6]


def test_a_script_answers_with_ids_and_its_versions(tmp_path: Path) -> None:
    exchange.write_export(export(("Wo ist der Bus?", "Bahn"), "Bus", "Bahn"), tmp_path)
    answers = read_answers(run("fts5", THIS_PYTHON, tmp_path), 2, {"p0", "p1"})
    assert answers.rankings == {0: ("p0",), 1: ("p1",)}
    assert answers.versions.keys() == {"SQLite", "Python"}


def test_a_script_that_takes_too_long_is_stopped_and_named(tmp_path: Path) -> None:
    with pytest.raises(PeerFailedError, match=r"^nach 0\.001 s nicht fertig$"):
        run("fts5", THIS_PYTHON, tmp_path, limit_s=0.001)


@pytest.mark.parametrize("module", [path.stem for path in SCRIPTS.glob("*.py")])
def test_scripts_know_nothing_of_the_house_but_each_other(module: str) -> None:
    tree = ast.parse((SCRIPTS / f"{module}.py").read_text(encoding="utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    house = [
        name for name in imported if name.split(".")[0] in {"benchmarks", "index", "ingest", "search_api"}
    ]
    assert [name for name in house if not name.startswith("benchmarks.peers.scripts")] == []


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.module)
def test_every_peer_has_a_script_and_pinned_requirements_if_it_brings_a_library(peer: Peer) -> None:
    assert (SCRIPTS / f"{peer.module}.py").is_file()
    requirements = REQUIREMENTS / f"{peer.module}.txt"
    assert requirements.exists() == peer.own_environment
    if peer.own_environment:
        lines = requirements.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not line.startswith("#") and "==" not in line] == []


@pytest.mark.parametrize(
    ("answered", "complaint"),
    [
        (written({"0": ["p0", "p1"]}), ""),
        (written({"0": []}), ""),
        (written({"0": ["p0", "p0"]}), "Frage 0: eine Textstelle ist doppelt oder unbekannt"),
        (written({"0": ["p2"]}), "Frage 0: eine Textstelle ist doppelt oder unbekannt"),
        (written({}), "0 Ranglisten statt je einer für 1 Fragen"),
        (written({"1": []}), "1 Ranglisten statt je einer für 1 Fragen"),
        (written({"0": ["p0"] * 101}), "unverständliche Antwort: rankings"),
        (written({"null": []}), "unverständliche Antwort: rankings"),
        ('{"rankings": {"0": []}}', "unverständliche Antwort: versions"),
        ("Traceback", "unverständliche Antwort"),
    ],
)
def test_only_complete_rankings_of_known_passages_count(answered: str, complaint: str) -> None:
    if not complaint:
        assert read_answers(answered, 1, {"p0", "p1"}).rankings.keys() == {0}
        return
    with pytest.raises(PeerFailedError) as refused:
        read_answers(answered, 1, {"p0", "p1"})
    assert str(refused.value).startswith(complaint)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Traceback\n  File x\nKeyError: 'Bus'\n", "KeyError: 'Bus'"),
        ("ERROR: No matching distribution\nWARNING: old pip", "ERROR: No matching distribution"),
        ("haystack.core.errors.PipelineError: no\n see manual", "haystack.core.errors.PipelineError: no"),
        ("Killed\n", "Killed"),
        ("", "ohne ein Wort"),
    ],
)
def test_the_reason_is_the_line_that_names_an_error(printed: str, expected: str) -> None:
    assert reason(printed) == expected


def test_an_environment_is_made_once_for_each_state_of_its_requirements(tmp_path: Path) -> None:
    requirements, folder = tmp_path / "peer.txt", tmp_path / "peer"
    requirements.write_text("# nothing\n", encoding="utf-8")
    python = prepare(requirements, folder)
    (folder / "trace").touch()
    assert prepare(requirements, folder) == python
    assert python.exists()
    assert (folder / "trace").exists()
    requirements.write_text("--no-index\nno-such-peer==1.0\n", encoding="utf-8")
    for _ in range(2):  # a failed installation is not taken for a done one
        with pytest.raises(
            PeerFailedError, match="Installation gescheitert: ERROR: No matching distribution"
        ):
            prepare(requirements, folder)
    assert not (folder / "trace").exists()


def test_figures_part_german_questions_from_others() -> None:
    passages = [passage("Der Bus braucht ein Blatt.", position=0), passage("Ein Gast kommt.", position=1)]
    ids = [each.id for each in passages]
    judgements = [judged("Was braucht der Bus?", "ein Blatt"), judged("Who comes?", "Ein Gast", "en")]
    reached = figures({0: ids, 1: ids}, judgements, passages)
    assert reached["german"] == Figures(1, 1.0, 1.0)
    assert reached["other"] == Figures(1, 0.631, 1.0)
    assert reached["all"] == Figures(2, 0.815, 1.0)
    assert figures({}, [], passages)["all"] == Figures(0, 0.0, 0.0)


def test_the_table_shows_figures_versions_and_failures() -> None:
    worse = {group: Figures(each.questions, 0.1, each.recall) for group, each in REACHED.items()}
    rows = [
        Row("wir", {"wir": "0.1", "Python": "3.11.7"}, REACHED),
        Row("BM25 (bm25s)", {"bm25s": "0.3"}, worse),
        Row("txtai", failure="nach 600 s nicht fertig"),
    ]
    groups, head, ours, bm25, failed = table(rows)
    assert groups.split() == ["deutsch", "(2)", "andere", "Sprachen", "(1)", "alle", "(3)"]
    assert head.split() == ["Suche", *["nDCG@10", "recall@5"] * 3, "Versionen"]
    assert ours.split() == "wir 0.750* 0.500* 0.250* 1.000* 0.583* 0.667* wir 0.1, Python 3.11.7".split()
    assert bm25.split() == "BM25 (bm25s) 0.100 0.500* 0.100 1.000* 0.100 0.667* bm25s 0.3".split()
    assert failed.split(maxsplit=1) == ["txtai", "gescheitert: nach 600 s nicht fertig"]
    assert as_json(rows[2]) == {"name": "txtai", "failure": "nach 600 s nicht fertig"}
    assert as_json(rows[0])["german"] == {"ndcg@10": 0.75, "recall@5": 0.5}


def test_a_table_of_failures_alone_is_still_a_table() -> None:
    assert table([Row("txtai", failure="Killed")])[-1].endswith("gescheitert: Killed")


def test_the_contest_leaves_out_what_our_search_hides(contest: Contest, encoder: WordEncoder) -> None:
    assert {each.source for each in exported(contest, encoder).passages} == {"handbuch/a.md", "handbuch/b.md"}
    assert [question.text for question in exported(contest, encoder).questions] == ["Was braucht der Bus?"]
    assert exported(contest, encoder).passages[0].text == "Fahrten\nDer Bus braucht einen Fahrtenschreiber."


def test_a_failing_peer_is_named_and_does_not_stop_the_others(
    contest: Contest, encoder: WordEncoder, tmp_path: Path
) -> None:
    peers = [
        Peer("verschollen", "no_such_script", own_environment=False),
        Peer("SQLite FTS5", "fts5", own_environment=False),
        Peer("dense", "dense", own_environment=False),
    ]
    ours, failed, *others = compete(contest, encoder, peers, tmp_path / "peers")
    assert failed.failure.endswith("No module named benchmarks.peers.scripts.no_such_script")
    assert ours.figures["german"] == Figures(1, 1.0, 1.0)
    assert [row.figures["all"] for row in others] == [Figures(1, 1.0, 1.0)] * 2
