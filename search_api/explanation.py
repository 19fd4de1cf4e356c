"""Why these hits in this order: for consultants who want to know, and for us who tune it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.german import terms
from index.ranking import similarity
from search_api import schemas

if TYPE_CHECKING:
    from index.passage import Hit
    from search_api.search import Answer
    from search_api.served import Served

_LITTLE = 0.3  # coverage below which the words of a question hardly count


def with_explanation(
    response: schemas.SearchResponse, answer: Answer, served: Served
) -> schemas.SearchResponse:
    """Return the response with its reasons."""
    hits = [
        hit.model_copy(update={"explanation": _of_hit(arranged.hit, answer, served)})
        for hit, arranged in zip(response.hits, answer.hits, strict=True)
    ]
    understood, vectors = answer.understanding, answer.vectors
    explanation = schemas.Explanation(
        wordings=list(understood.wordings),
        terms={term: round(weight, 2) for term, weight in understood.terms.items()},
        coverage=round(answer.coverage, 3),
        terms_weight=round(vectors.weights.terms, 5),
        moved_to_home_language=vectors.terms is None,
        sentences=_sentences(answer),
    )
    return response.model_copy(update={"hits": hits, "explanation": explanation})


def _of_hit(hit: Hit, answer: Answer, served: Served) -> schemas.HitExplanation:
    there = {*terms(hit.passage.headline), *terms(hit.passage.text)}
    matched = [
        schemas.MatchedTerm(term=term, weight=weight, rarity=round(served.vocabulary.rarity(term), 2))
        for term, weight in answer.understanding.terms.items()
        if term in there
    ]
    return schemas.HitExplanation(
        passage_similarity=round(hit.passage_similarity, 4),
        sentence_similarity=round(hit.sentence_similarity, 4),
        similarity=round(similarity(hit.passage_similarity, hit.sentence_similarity), 4),
        terms_score=round(hit.terms_score, 2),
        terms_weight=round(answer.vectors.weights.terms, 5),
        matched_terms=sorted(matched, key=lambda each: -each.weight * each.rarity),
    )


def _sentences(answer: Answer) -> list[str]:
    """Return how the question was understood, in German."""
    understood = answer.understanding
    said = [
        f"»{c.written}« steht in keiner Quelle; gesucht wurde auch »{c.meant}«."
        for c in understood.corrections
    ]
    said += [
        f"»{e.word}« bedeutet laut Wörterbuch auch: {', '.join(e.means)}." for e in understood.expansions
    ]
    if answer.vectors.terms is None:
        said.append(
            "Die Frage ist nicht auf Deutsch: Verglichen wurde nur der Sinn, einzelne Wörter zählten nicht."
        )
    else:
        much = "wenig" if answer.coverage < _LITTLE else "mit"
        said.append(
            f"Die beste Stelle enthält {answer.coverage:.0%} der Wörter der Frage (seltene zählen mehr); "
            f"die Wörter zählten deshalb {much}, vor allem zählte der Sinn."
        )
    return said
