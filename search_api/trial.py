"""`python -m search_api.trial GENERATION [FORMER]`: ask generations the judged questions.

Prints the trial of each as a line of JSON; for a former one that was made with another model or analyser,
and so cannot be asked, `null`. Without names all is got ready and then they are read from a line of the
input: whoever is still writing a generation has the loading done meanwhile. Exit 0, or 1 with one
sentence on stderr. Trials are kept under KB_DATA, and so are the vectors of the questions.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import os
import sys
from collections.abc import Mapping  # noqa: TC003 - pydantic resolves the annotations
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from index.collection import Filters
from index.encoder import encoder_name
from index.errors import KnowledgeBaseError, StampMismatchError, UnknownGenerationError
from index.judgements import FILE_NAME, read_judgements
from index.language import detect_language
from index.language_means import load_language_means
from index.settings import read_settings
from index.store import connect_store
from index.thesaurus import FILE_NAME as THESAURUS
from index.trial import MissingSpan, Outcome, Trial, to_line
from index.vocabulary import Vocabulary
from index.word_counts import word_counts
from search_api.evaluation import DEPTH, ask_all, judged_set, per_question
from search_api.kept_trials import KeptTrials
from search_api.kept_vectors import KeptVectors, encoder_when_needed
from search_api.served import serve
from search_api.shares import can_share, share_out
from search_api.tools import ThesaurusOf, Tools
from search_api.understanding import understand
from search_api.verdict import read_calibration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.collection import Collection
    from index.generations import GenerationRecord
    from index.judgements import Judgement
    from index.settings import Settings
    from search_api.evaluation import JudgedSet, Reply

FOLDER = "trials"  # under KB_DATA
_PROCESSES = 2  # each holds the generation; of 7 s for 257 questions at 50 000 passages the second saves 2.3
_PROGRAM = (Path(__file__).parent, Path(__file__).parent.parent / "index")  # what answers

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Share:
    """What one process found: outcomes in order, and the wordings it asked with vectors that are new."""

    outcomes: tuple[Outcome, ...]
    asked: Mapping[str, list[float] | None]


_SHARE: TypeAdapter[_Share] = TypeAdapter(_Share)


@dataclass(frozen=True, slots=True)
class Examiner:
    """Asks generations of one collection the judged questions of a corpus."""

    collection: Collection
    judgements: tuple[Judgement, ...]
    tools: Tools
    key: str
    kept: KeptTrials
    processes: int = 1

    def get_ready(self) -> None:
        """Understand every question once: their words' forms are remembered."""
        empty, thesaurus = Vocabulary(word_counts({}), 0), self.tools.thesaurus()
        for judgement in self.judgements:
            understand(judgement.question, detect_language(judgement.question), empty, thesaurus)

    def examine(self, candidate: str, former: str | None = None) -> list[Trial | None]:
        """Return the trial of each generation that is named, None for a former one with another stamp.

        Raises:
            KnowledgeBaseError: one is not there or cannot be read, or the candidate has another stamp.
        """
        records = {record.id: record for record in self.collection.generations()}
        for name in (candidate, former):
            if name is not None and name not in records:
                raise UnknownGenerationError(name)
        trials: list[Trial | None] = [self._trial(records[candidate])]
        if former is not None:
            trials.append(self._trial_if_comparable(records[former]))
        self._forget_all_but(list(records))
        return trials

    def _trial_if_comparable(self, record: GenerationRecord) -> Trial | None:
        try:
            return self._trial(record)
        except StampMismatchError:
            return None

    def _trial(self, record: GenerationRecord) -> Trial:
        self.tools.encoder.stamp.require(record.stamp)
        known = self.kept.find(record, self.key)
        if known is not None:
            return known
        trial = Trial(self.key, self._outcomes(record.id))
        try:
            self.kept.keep(record, trial)
        except OSError as error:  # it can be asked again
            _LOG.warning("the trial of %s is not kept: %s", record.id, error)
        return trial

    def _outcomes(self, generation: str) -> tuple[Outcome, ...]:
        """Let every process ask its share of the questions; each opens the generation for itself."""
        vectors = self.tools.encoder if isinstance(self.tools.encoder, KeptVectors) else None
        count = self.processes if vectors and vectors.may_fork else 1
        work = partial(self._share, generation, vectors, count)
        shares = [_SHARE.validate_json(line) for line in share_out(work, count)]
        for each in shares[1:]:
            if vectors:
                vectors.learn(each.asked)
        dealt = [shares[number % len(shares)] for number in range(len(self.judgements))]
        return tuple(each.outcomes[number // len(shares)] for number, each in enumerate(dealt))

    def _share(self, generation: str, vectors: KeptVectors | None, shares: int, share: int) -> bytes:
        with closing(self.collection.open(generation)) as opened_generation:
            mine = self.judgements[share::shares]
            judged = judged_set(generation, mine, serve(opened_generation))
            found = outcomes(judged, self.tools)
        return _SHARE.dump_json(_Share(found, vectors.asked() if vectors else {}))

    def _forget_all_but(self, generations: Sequence[str]) -> None:
        try:
            self.kept.keep_only(generations)
        except OSError as error:  # they are small, and the next run tries again
            _LOG.warning("trials of former generations stay: %s", error)


def main(arguments: Sequence[str]) -> int:
    """Ask, print and keep; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m search_api.trial")
    parser.add_argument("generation", nargs="?")
    parser.add_argument("former", nargs="?")
    options = parser.parse_args(arguments)
    try:
        settings = read_settings(os.environ)
        vectors = KeptVectors(
            encoder_when_needed(settings.model, settings.data / "models"), settings.data / FOLDER
        )
        examiner = opened(settings, vectors)
        examiner.get_ready()
        names = [name for name in (options.generation, options.former) if name]
        names = names or sys.stdin.readline().split()
        for trial in examiner.examine(*names) if names else ():
            print(to_line(trial))
        vectors.keep()
    except (KnowledgeBaseError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def opened(settings: Settings, encoder: KeptVectors) -> Examiner:
    """Return an examiner with the tools that the search API has.

    Raises:
        KnowledgeBaseError: the judged questions or the model are missing or damaged.
    """
    judgements = read_judgements(settings.corpus)
    means = load_language_means(encoder.plain, settings.data / "models")
    thesaurus = ThesaurusOf(settings.corpus)()  # read once: the same for every question
    tools = Tools(encoder, means, lambda: thesaurus, read_calibration(encoder_name(encoder)))
    key = trial_key(settings.corpus, tools)
    kept = KeptTrials(settings.data / FOLDER)
    # A connection to a server cannot be shared with a fork; there the work is the server's anyway.
    processes = min(_PROCESSES, os.cpu_count() or 1) if can_share() and not settings.qdrant_url else 1
    return Examiner(connect_store(settings), judgements, tools, key, kept, processes)


def trial_key(corpus: Path, tools: Tools) -> str:
    """Return a digest of all that outcomes depend on besides the index.

    The program itself is part of it: a release that ranks in another way is no change of the index.
    """
    program = [
        path for folder in _PROGRAM for path in sorted(folder.rglob("*")) if path.suffix in {".py", ".yaml"}
    ]
    files = [_digest(path) for path in (*program, corpus / FILE_NAME, corpus / THESAURUS)]
    calibration = asdict(tools.calibration) if tools.calibration else None
    parts = json.dumps([files, calibration, encoder_name(tools.encoder)], sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()


def outcomes(judged: JudgedSet, tools: Tools) -> tuple[Outcome, ...]:
    """Ask all questions and return what each got.

    Without a day: what has expired since is found all the same, for the calendar is no change of the index.
    """
    replies = ask_all(judged, tools, Filters())
    measured = per_question(replies)
    scores = zip(replies, measured["ndcg@10"], measured["recall@5"], strict=True)
    return tuple(_outcome(reply, judged, ndcg, recall) for reply, ndcg, recall in scores)


def _outcome(reply: Reply, judged: JudgedSet, ndcg: float, recall: float) -> Outcome:
    ranks = enumerate(reply.ranking[:DEPTH], start=1)
    return Outcome(
        question=reply.judgement.question,
        answerable=reply.answerable,
        ndcg=ndcg,
        recall=recall,
        first_right=next((rank for rank, name in ranks if name in reply.right), None),
        verdict=reply.answer.judgement.verdict,
        missing_spans=tuple(MissingSpan(each.source, each.span) for each in judged.missing(reply.judgement)),
    )


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
