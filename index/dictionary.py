"""German words in their dictionary form: "Häuser" is Haus, "verkauft" is verkaufen.

A stemmer alone cuts endings: it leaves "gebrochen" and "brechen" apart. Nouns come first whatever the
case, because questions are typed in lower case: "fahrt" is more often the trip than a form of the verb.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.word_forms import word_forms

if TYPE_CHECKING:
    from collections.abc import Iterator

_UMLAUTS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"))


def dictionary_form(word: str) -> str:
    """Return the form under which a dictionary lists a word, in any case; the word itself if none does."""
    return _form(word) or word


def is_listed(word: str) -> bool:
    """Whether a dictionary of German lists a word, in this or another form, in any case."""
    return _form(word) is not None


def is_noun(folded: str) -> bool:
    """Whether a folded word is a form of a noun; names are nouns, too."""
    return word_forms().has_noun(folded)


def _form(word: str) -> str | None:
    known = word_forms()
    return next((form for each in _spellings(word) if (form := known.word(each)) is not None), None)


def _spellings(word: str) -> Iterator[str]:
    """Yield how a dictionary may spell a word: "haeuser" and "HÄUSER" as Häuser, "strasse" as Straße."""
    plain = word.lower()
    with_umlauts = plain
    for digraph, umlaut in _UMLAUTS:
        with_umlauts = with_umlauts.replace(digraph, umlaut)
    for spelling in dict.fromkeys((plain, with_umlauts, with_umlauts.replace("ss", "ß"))):
        yield spelling.capitalize()
        yield spelling
