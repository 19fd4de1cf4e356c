"""German words for the lexical leg: folded, without stop words, in stems, compounds also in parts."""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import Stemmer

from index.citations import CITATION, citation_terms
from index.compounds import split_compound
from index.dictionary import dictionary_form
from index.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+(?:[.\-'’/&][^\W_]+)*")  # "651r", "e.V.", "Nordrhein-Westfalen"
_PART = re.compile(r"[^\W_]+")
# "5.000", "5 000", "1.250.000" and Swiss "5'000" are numbers; "5.000,00" is the same as "5.000".
# A plain blank groups digits only before a currency: "Raum 12 100" names two numbers.
_GROUPED = re.compile(
    r"(?<![\w.,])\d{1,3}(?:(?:[.\u00a0\u202f'’]\d{3})+(?!\w)|(?: \d{3})+(?=\s*(?:Euro|EUR)))"
)
_NO_CENTS = re.compile(r"(?<=\d),(?:00|-{1,2}|–)(?!\d)")
_SIGNS = str.maketrans({"€": " Euro ", "%": " Prozent ", "$": " Dollar ", "£": " Pfund "})
# What an abbreviation stands for, by its folded letters; those of one field are the thesaurus' matter.
_WRITTEN_OUT = {
    "abs": "absatz",
    "eur": "euro",
    "nr": "nummer",
    "pers": "person",
    "std": "stunde",
    "str": "strasse",
    "tsd": "tausend",
    "versich": "versicherung",
}

# Words that carry no subject. Question words and the polite phrases of a question belong to them.
STOP_WORDS = frozenset(
    """
    aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes
    auch auf aus bei beim bin bis bist da dabei dadurch dafür dagegen daher damit danach dann daran
    darauf daraus darf dürfen darin darum darüber das dass dasselbe davon dazu dein deine deinem
    deinen deiner dem den denen denn denselben der deren derer des dessen dich die dies diese
    dieselbe dieselben diesem diesen dieser dieses dir doch dort du durch ebenfalls eher eigentlich
    ein eine einem einen einer eines einige einigem einigen einiger einiges einmal er es etwa etwas
    euch euer eure eurem euren eurer für gegen gewesen gibt geben gab habe haben hat hatte hatten
    hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist ja jede jedem
    jeden jeder jedes jene jenem jenen jener jenes jetzt kann kannst kein keine keinem keinen keiner
    können könnte könnten lassen man manche manchem manchen mancher manches mein meine meinem meinen
    meiner mich mir mit muss müssen müsste nach nicht nichts noch nun nur ob oder ohne sehr sein
    seine seinem seinen seiner seit selbst sich sie sind so sobald solche solchem solchen solcher
    soll sollen sollte sollten sondern sonst sowie über um und uns unser unsere unserem unseren
    unserer unter vom von vor während war waren warst was weg weil weiter welche welchem welchen
    welcher welches wem wen wenn wer werde werden wessen wie wieder will wir wird wo wodurch wofür
    wollen womit woran worauf wurde wurden zu zum zur zwar zwischen bitte danke mal
    """.split()
)


_FOLDED_STOP_WORDS = frozenset(fold(word) for word in STOP_WORDS)


@dataclass(frozen=True, slots=True)
class Term:
    """A unit of the lexical leg. `part`: it is only a piece of the word that was written."""

    text: str
    part: bool = False


def written_words(text: str) -> set[str]:
    """Return the different words of a text as they are written, without numbers and stop words."""
    parts = _PART.findall(unicodedata.normalize("NFC", text))
    return {part for part in parts if part.isalpha() and fold(part) not in _FOLDED_STOP_WORDS}


@lru_cache(maxsize=100_000)  # as below
def word_terms(word: str) -> frozenset[str]:
    """Return the different terms of one written word."""
    return frozenset(terms(word))


def terms(text: str) -> list[str]:
    """Return the terms of a text in order, see `analysed`."""
    return [term.text for term in analysed(text)]


def written_terms(text: str) -> list[str]:
    """Return the terms of a text without the parts of its compounds."""
    return [term.text for term in analysed(text) if not term.part]


def analysed(text: str) -> Iterator[Term]:
    """Yield the terms of a text in order.

    Stems of its words; of compounds also their parts; of words with a hyphen also the whole; amounts
    as one number, citations of statutes as a whole and in pieces. The stemmer is Snowball's for
    German (https://snowballstem.org/algorithms/german/stemmer.html).
    """
    plain = unicodedata.normalize("NFC", text).translate(_SIGNS)
    plain = _NO_CENTS.sub("", _GROUPED.sub(lambda match: re.sub(r"\D", "", match.group()), plain))
    at = 0
    for citation in CITATION.finditer(plain):
        yield from _words(plain[at : citation.start()])
        yield from map(Term, citation_terms(citation))
        at = citation.end()
    yield from _words(plain[at:])


def _words(text: str) -> Iterator[Term]:
    for match in _WORD.finditer(text):
        parts = _PART.findall(match.group())
        for part in parts:
            folded = fold(part)
            if folded not in _FOLDED_STOP_WORDS and (len(folded) > 1 or folded.isdigit()):
                yield from _terms_of_word(part.lower())
        whole = "".join(parts)
        if len(parts) > 1 and fold(whole) not in _FOLDED_STOP_WORDS:
            yield Term(_stem(whole.lower()))


@lru_cache(maxsize=100_000)  # more word forms than a corpus of our size has
def _terms_of_word(word: str) -> tuple[Term, ...]:
    folded = fold(word)
    whole = _stem(_WRITTEN_OUT.get(folded, word))
    parts = dict.fromkeys(_stem(part) for part in split_compound(folded) if part not in _FOLDED_STOP_WORDS)
    return (Term(whole), *(Term(part, part=True) for part in parts if len(part) > 1 and part != whole))


def _stem(word: str) -> str:
    # Folded last: dictionaries know umlauts, and "Häuser" and "Haeuser" meet all the same.
    return str(_STEMMERS.german.stemWord(fold(dictionary_form(word))))


class _Stemmers(threading.local):
    """A stemmer for each thread: one keeps the word that it works on."""

    def __init__(self) -> None:
        self.german = Stemmer.Stemmer("german")


_STEMMERS = _Stemmers()
