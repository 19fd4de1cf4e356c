"""`python -m benchmarks.ablation`: what each part of the search is worth, by switching it off.

Every row asks the same questions of the same collections with one part changed. A part whose row is
no lower than the whole in any column does not earn its place.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, cast

import numpy as np

from benchmarks.opened import JUDGED, bundled_set, open_tools, published_set
from benchmarks.record import show, write
from index.collection import Filters
from index.encoder import load_encoder
from index.errors import KnowledgeBaseError
from index.language import HOME_LANGUAGE
from index.language_means import LanguageMeans
from index.lexical import PART_WEIGHT, TermVector
from index.question_adapter import SHARE
from index.question_encoder import load_question_encoder
from index.ranking import Weights
from index.settings import read_settings
from index.thesaurus import Thesaurus
from search_api.evaluation import ask_all, per_question
from search_api.search import Wish, ask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.collection import Generation, QuestionVectors
    from index.passage import Hit, Passage, Span
    from index.settings import Settings
    from index.vocabulary import Vocabulary
    from search_api.evaluation import JudgedSet
    from search_api.search import Answer
    from search_api.served import Served
    from search_api.tools import Tools

_EVERY = 3  # of the other sets' questions every third is asked: thirteen variants would take half an hour
_QUESTIONS = 10_000  # more than all sets have: every variant asks the same ones again
_FIXED_WEIGHT = 0.003  # of a point of BM25 for every question: the best single one over the sets

Search = Callable[[Wish, "Served", "Tools"], "Answer"]


@dataclass(frozen=True, slots=True)
class _Changed:
    """A generation that is asked another question than the one it is given."""

    generation: Generation
    change: Callable[[QuestionVectors], QuestionVectors]

    def search(self, question: QuestionVectors, filters: Filters, limit: int) -> list[Hit]:
        return self.generation.search(self.change(question), filters, limit)

    def best_terms_score(self, terms: TermVector, filters: Filters) -> float:
        return self.generation.best_terms_score(terms, filters)

    def highlights(self, question: QuestionVectors, passages: Sequence[Passage]) -> Mapping[str, Span]:
        return self.generation.highlights(question, passages)


@dataclass(frozen=True, slots=True)
class _Unforgiving:
    """A vocabulary that corrects nothing."""

    vocabulary: Vocabulary

    def rarity(self, term: str) -> float:
        return self.vocabulary.rarity(term)

    def correction(self, word: str) -> None:
        """Let every word stand."""


def main() -> int:
    """Measure, print and write `benchmarks/results/ablation.json`."""
    settings = read_settings(os.environ)
    try:
        measured = measure(settings)
    except KnowledgeBaseError as error:
        return show([str(error)], code=1)
    path = write("ablation", {"ndcg@10": measured})
    return show([*_lines(measured), f"geschrieben: {path}"])


def measure(settings: Settings) -> dict[str, dict[str, float]]:
    """Return nDCG@10 by variant, set and language."""
    models = settings.data / "models"
    encoder = load_encoder(settings.model, models)
    tools, plain, all_learned = (
        open_tools(
            settings,
            load_question_encoder(settings.model, models, share=share, remembered=_QUESTIONS),
        )
        for share in (SHARE, 0.0, 1.0)
    )
    others = [bundled_set(name, settings, encoder) for name in JUDGED]
    thinned = [replace(each, judgements=each.judgements[::_EVERY]) for each in others]
    sets = [published_set(settings), *thinned]
    return {
        name: {key: value for judged in sets for key, value in _ndcg(judged, used, search).items()}
        for name, (used, search) in _variants(tools, plain, all_learned).items()
    }


def _variants(tools: Tools, plain: Tools, all_learned: Tools) -> dict[str, tuple[Tools, Search]]:
    return {
        "everything": (tools, ask),
        "without the question adapter": (plain, ask),
        "all that the question adapter learned": (all_learned, ask),
        "without language means": (replace(tools, language_means=LanguageMeans({})), ask),
        "without the thesaurus": (replace(tools, thesaurus=Thesaurus), ask),
        "without corrections": (tools, _uncorrected),
        "without compound parts": (tools, _changing(_without_parts)),
        "without sentence vectors": (tools, _changing(_without_sentences)),
        "without terms": (tools, _changing(lambda question: replace(question, terms=None))),
        "terms at a fixed weight": (tools, _changing(_at_fixed_weight)),
        "terms alone": (tools, _changing(_terms_alone)),
        "passage vectors alone": (tools, _changing(_passages_alone)),
        "any number a document": (tools, lambda wish, *rest: ask(replace(wish, per_document=0), *rest)),
    }


def _changing(change: Callable[[QuestionVectors], QuestionVectors]) -> Search:
    def search(wish: Wish, served: Served, tools: Tools) -> Answer:
        generation = cast("Generation", _Changed(served.generation, change))
        return ask(wish, replace(served, generation=generation), tools)

    return search


def _uncorrected(wish: Wish, served: Served, tools: Tools) -> Answer:
    vocabulary = cast("Vocabulary", _Unforgiving(served.vocabulary))
    return ask(wish, replace(served, vocabulary=vocabulary), tools)


def _without_parts(question: QuestionVectors) -> QuestionVectors:
    if question.terms is None:
        return question
    pairs = zip(question.terms.indices, question.terms.values, strict=True)
    kept = [(number, weight) for number, weight in pairs if weight != PART_WEIGHT]
    terms = TermVector(tuple(number for number, _ in kept), tuple(weight for _, weight in kept))
    return replace(question, terms=terms)


def _without_sentences(question: QuestionVectors) -> QuestionVectors:
    return replace(question, weights=replace(question.weights, passage=1.0, sentence=0.0))


def _at_fixed_weight(question: QuestionVectors) -> QuestionVectors:
    return replace(question, weights=replace(question.weights, terms=_FIXED_WEIGHT))


def _terms_alone(question: QuestionVectors) -> QuestionVectors:
    return replace(question, weights=Weights(passage=0.0, sentence=0.0, terms=1.0))


def _passages_alone(question: QuestionVectors) -> QuestionVectors:
    return replace(question, terms=None, weights=Weights(passage=1.0, sentence=0.0))


def _ndcg(judged: JudgedSet, tools: Tools, search: Search) -> dict[str, float]:
    filters = Filters(valid_on=date.today())  # noqa: DTZ011 - the day the API would see
    replies = ask_all(judged, tools, filters, search=search)
    answerable = [each for each in replies if each.answerable]
    values = np.array(per_question(answerable)["ndcg@10"])
    home = np.array([each.judgement.language == HOME_LANGUAGE for each in answerable])
    figures = {f"{judged.name} de": round(float(values[home].mean()), 3)}
    if not home.all():
        figures[f"{judged.name} other"] = round(float(values[~home].mean()), 3)
    return figures


def _lines(measured: Mapping[str, Mapping[str, float]]) -> list[str]:
    columns = list(next(iter(measured.values())))
    head = f"{'nDCG@10':<30}" + "".join(f"{column:>16}" for column in columns)
    rows = [
        f"{name:<30}" + "".join(f"{row[column]:>16.3f}" for column in columns)
        for name, row in measured.items()
    ]
    return [head, *rows]


if __name__ == "__main__":
    sys.exit(main())
