"""The lexical leg: BM25 weights as sparse vectors."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import TermVector, passage_length, question_terms, question_weights
from index.lexical import passage_terms as passage_terms_of

MEAN = 52.0  # terms of a passage on average, in these tests
TEXTS = st.text("abc dbusfahrt.ä", max_size=300)


def passage_terms(headline: str, text: str) -> TermVector:
    return passage_terms_of(headline, text, MEAN)


def weight(term: str, vector: TermVector) -> float:
    (number,) = question_terms(term).indices
    return dict(zip(vector.indices, vector.values, strict=True)).get(number, 0.0)


def score(question: str, headline: str, text: str) -> float:
    passage = passage_terms(headline, text)
    stored = dict(zip(passage.indices, passage.values, strict=True))
    asked = question_terms(question)
    return sum(stored.get(i, 0.0) * w for i, w in zip(asked.indices, asked.values, strict=True))


def test_the_weight_is_that_of_the_formula() -> None:
    length = 1 - 0.75 + 0.75 * 4 / 52  # k1 = 1.2, b = .75, 52 terms on average
    found = passage_terms("Bus", "Bus Bahn Zug")
    assert weight("Bus", found) == pytest.approx(2 * 2.2 / (2 + 1.2 * length))
    assert weight("Bahn", found) == pytest.approx(1 * 2.2 / (1 + 1.2 * length))


def test_repetition_counts_less_and_less_and_never_beyond_its_limit() -> None:
    weights = [weight("Bus", passage_terms("", "Bus " * n + "Bahn " * (52 - n))) for n in range(1, 41)]
    gains = [after - before for before, after in pairwise(weights)]
    assert all(gain > 0 for gain in gains)
    assert all(later < earlier for earlier, later in pairwise(gains))
    assert weights[-1] < 1.2 + 1


def test_a_word_in_a_passage_of_average_length_weighs_one() -> None:
    assert weight("Bus", passage_terms("", "Bus " + "Bahn " * 51)) == pytest.approx(1)


def test_a_word_weighs_less_in_a_longer_passage() -> None:
    weights = [weight("Bus", passage_terms("", "Bus " + "Bahn " * n)) for n in (1, 10, 52, 400)]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)


def test_words_of_the_headline_are_found_too() -> None:
    assert weight("Reisen", passage_terms("Reisen › Bus", "Der Verein bezahlt.")) > 0
    assert passage_terms("Bus", "Bahn") == passage_terms("Bahn", "Bus")


def test_each_word_of_a_question_weighs_one_however_often_it_is_asked() -> None:
    asked = question_terms("Bus, Bus und nochmals Bus und Bahn?")
    assert set(asked.values) == {1.0}
    assert set(asked.indices) == set(question_terms("Bahn Bus nochmals").indices)


def test_a_part_of_a_compound_weighs_less_than_a_word_as_it_was_written() -> None:
    assert question_weights("Reiseversicherung") == {"reiseversicher": 1.0, "reis": 0.5, "versicher": 0.5}
    assert question_weights("Reiseversicherung oder Reise")["reis"] == 1.0


def test_the_same_passage_weighs_more_where_passages_are_longer() -> None:
    short, long = (passage_terms_of("", "Bus und Bahn", mean) for mean in (2.0, 60.0))
    assert all(there > here for here, there in zip(short.values, long.values, strict=True))


def test_the_length_of_a_passage_counts_its_terms_and_those_of_its_headline() -> None:
    assert passage_length("Reisen", "Bus, Bahn und Bus") == 4


def test_stop_words_alone_ask_for_nothing() -> None:
    assert question_terms("Was ist das?") == TermVector((), ())


def test_an_empty_passage_has_no_terms() -> None:
    assert passage_terms("", "") == TermVector((), ())


def test_a_passage_that_has_the_words_beats_one_that_has_one_of_them() -> None:
    question = "Wer bezahlt den Bus?"
    both = score(question, "Reisen", "Den Bus bezahlt der Verein.")
    assert both > score(question, "Reisen", "Der Bus ist blau.") > 0
    assert score(question, "Essen", "Kuchen backen alle.") == 0


def test_the_numbers_of_terms_are_the_same_in_every_process() -> None:
    assert question_terms("Bus").indices == (794_192_745,)  # crc32 of "bus"; stored in every index


@given(TEXTS, TEXTS)
def test_vectors_are_what_a_sparse_index_takes(headline: str, text: str) -> None:
    for vector in (passage_terms(headline, text), question_terms(text)):
        assert len(vector.indices) == len(vector.values)
        assert all(0 <= earlier < later < 2**32 for earlier, later in pairwise(vector.indices))
        assert all(0 < value <= 2.2 for value in vector.values)
