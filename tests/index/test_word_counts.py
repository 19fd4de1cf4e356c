"""Words and terms of a collection are what its sources were found to have, however they were kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.german import terms, written_words
from index.word_counts import WordCounts, added, packed, word_counts

WORDS = {"Versicherung": 2, "Reiserücktrittsversicherung": 1, "Häuser": 3, "Haus": 1}


def test_terms_are_counted_in_the_passages_of_all_words_that_have_them() -> None:
    counts = word_counts(WORDS)
    assert counts.written == WORDS
    assert counts.terms["haus"] == 4
    assert counts.terms["versicher"] == 3
    assert counts.terms["ruecktritt" if "ruecktritt" in counts.terms else "rucktritt"] == 1


def test_sources_are_added_up() -> None:
    counts = added([packed(WORDS), packed({"Haus": 5}), packed({}), {}])
    assert counts.written == {**WORDS, "Haus": 6}
    assert counts.terms == word_counts({**WORDS, "Haus": 6}).terms


def test_sources_that_an_earlier_version_took_in_count_like_all_others() -> None:
    assert added([{"words": WORDS}, packed({"Haus": 5})]) == added([packed(WORDS), packed({"Haus": 5})])


@given(st.lists(st.text(max_size=40), max_size=4))
def test_whatever_is_written_comes_back(texts: list[str]) -> None:
    written = {word: number for text in texts for number, word in enumerate(written_words(text), start=1)}
    counts = added([packed(written)])
    assert counts.written == written
    assert set(counts.terms) == {term for word in written for term in terms(word)}
    assert counts == WordCounts(written, word_counts(written).terms)
