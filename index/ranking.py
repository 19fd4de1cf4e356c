"""How the legs of a search become one order, inside Qdrant in both stores.

Two legs name candidates: the whole passage (dense) and its terms (BM25). All candidates are then
scored by whole passage and by best sentence (MaxSim over the sentence vectors), and one formula
joins the three:

    score = .6 * cos(question, passage) + .4 * cos(question, best sentence) + w * BM25

Not reciprocal ranks: they forget how much better the first is than the second, and on short
paraphrased questions the many chance matches of the lexical leg then push the right passage down.
The cosines of the encoder lie close together (.75 to .95), so one point of BM25, often 5 to 25
for a good match, has to weigh little.

How little is decided for each question: `terms_weight`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.collection import QuestionVectors

CANDIDATES = 100  # passages that each leg names; 50 to 200 differ by .002 of nDCG@10 on corpus/fragen.yaml
PASSAGE_WEIGHT = 0.6  # chosen on corpus/fragen.yaml, where .5 to .7 differ by a point of nDCG@10
SENTENCE_WEIGHT = 1 - PASSAGE_WEIGHT
_FULL_WEIGHT = 0.006  # of a point of BM25 when a passage has all of the question's terms
_ROUNDING = 0.1  # of BM25: what half precision may leave behind; a real match gives .3 and more
_STEEPNESS = 0.5  # how fast the weight falls with coverage; 0 would be one weight for all questions
_LEAST_COVERAGE = 0.1  # below it the weight falls no further


def terms_weight(coverage: float) -> float:
    """Return the weight of BM25 for one question, by how well the best passage covers its terms.

    `coverage`, 0 to 1, is the highest BM25 score that any passage reaches, divided by what a passage of
    mean length with every term of the question once would reach, rare terms counting more. Where the
    collection says it in the question's own words, those words decide (rare terms of law, names,
    numbers); where the best passage shares but a common word with a short paraphrase, chance decides
    which one it is, and the words count less. `python -m benchmarks.fusion` prints nDCG@10 on four sets
    for both parameters: this pair gains .2 to .5 points on three sets over the best single weight and
    loses .2 on the legal one; length, rarity alone and the agreement of the legs gained less.
    The idea of predicting from coverage: Cronen-Townsend et al., "Predicting Query Performance", 2002.
    """
    weight: float = _FULL_WEIGHT * max(_LEAST_COVERAGE, coverage) ** _STEEPNESS
    return weight


def similarity(passage: float, sentence: float) -> float:
    """Return the part of the score that is comparable between questions: a mean of cosines, -1 to 1."""
    return PASSAGE_WEIGHT * passage + SENTENCE_WEIGHT * sentence


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each leg counts for one question, see the formula."""

    passage: float = PASSAGE_WEIGHT
    sentence: float = SENTENCE_WEIGHT
    terms: float = 0.0

    def terms_share(self, score: float, passage: float, sentence: float) -> float:
        """Return the BM25 score that a fused score contains, 0 where the terms were silent."""
        if not self.terms:
            return 0.0
        share = (score - self.passage * passage - self.sentence * sentence) / self.terms
        return share if share > _ROUNDING else 0.0


MEANING_ALONE = Weights()


def leg_weights(question: QuestionVectors) -> list[float]:
    """Return the weight of each leg: passage and sentence, the same for the own language, terms."""
    weights = question.weights
    dense = [weights.passage, weights.sentence] * (1 if question.own is None else 2)
    spoken = question.terms is not None and bool(question.terms.indices)
    return [*dense, weights.terms] if spoken else dense
