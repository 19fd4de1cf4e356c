"""What a question asks for: its terms, typing mistakes put right, words that mean the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.language import HOME_LANGUAGE
from index.lexical import question_weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.thesaurus import Expansion, Thesaurus
    from index.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W\d_]+")
_CORRECTED_WEIGHT = 0.8  # of a term that was perhaps meant, beside 1 for one that was written
_EXPANDED_WEIGHT = 0.3  # of a term that means about the same; .2 to .5 are alike on corpus/fragen.yaml


@dataclass(frozen=True, slots=True)
class Correction:
    """`written` is not a word of the collection, `meant` is the nearest that is."""

    written: str
    meant: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """The question's terms with the weight of each, and what was added to what was written.

    `terms` are all that are searched for, `core` those of the question itself, its corrections in
    the place of mistakes: what a passage would have to have to cover the question.
    `wordings` are the texts that are encoded: the question as it was asked and, if words of it were
    corrected, once more with the corrections. Without `terms` the lexical leg stays silent.
    """

    language: str
    wordings: tuple[str, ...]
    terms: Mapping[str, float] = field(default_factory=dict)
    core: Mapping[str, float] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    expansions: tuple[Expansion, ...] = ()


def understand(question: str, language: str, vocabulary: Vocabulary, thesaurus: Thesaurus) -> Understanding:
    """Return what is searched for. In a foreign language only the encoder is asked.

    Its words would meet German ones by chance only and push the right passages down.
    """
    if language != HOME_LANGUAGE:
        return Understanding(language, (question,))
    corrections = _corrections(question, vocabulary)
    corrected = _with(corrections, question)
    weights, core = question_weights(question), question_weights(corrected)
    for term, weight in core.items():
        weights.setdefault(term, weight * _CORRECTED_WEIGHT)
    expansions = thesaurus.expansions(corrected)
    for expansion in expansions:
        for term, weight in question_weights(" ".join(expansion.means)).items():
            weights.setdefault(term, weight * _EXPANDED_WEIGHT)
    wordings = (question, corrected) if corrections else (question,)
    return Understanding(language, wordings, weights, core, corrections, expansions)


def understand_as_written(question: str, language: str) -> Understanding:
    """Return what is searched for if nothing is put right and nothing is added; words keep their forms."""
    if language != HOME_LANGUAGE:
        return Understanding(language, (question,))
    weights = question_weights(question)
    return Understanding(language, (question,), weights, weights)


def _corrections(question: str, vocabulary: Vocabulary) -> tuple[Correction, ...]:
    found = []
    for word in dict.fromkeys(_WORD.findall(question)):
        meant = vocabulary.correction(word)
        if meant is not None:
            found.append(Correction(word, meant))
    return tuple(found)


def _with(corrections: tuple[Correction, ...], question: str) -> str:
    meant = {each.written: each.meant for each in corrections}
    return _WORD.sub(lambda match: meant.get(match.group(), match.group()), question)
