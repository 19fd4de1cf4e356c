"""German words for the lexical leg: folded, without stop words, reduced to their stems."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:[.\-'’/&][^\W_]+)*")  # "651r", "e.V.", "Nordrhein-Westfalen", "10.000"
_PART = re.compile(r"[^\W_]+")
_FOLDS = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})  # as Snowball's German2 ends up
_DIGRAPHS = re.compile(r"(?<![aeq])(a|o|u)e")  # "fuer" → "fur", but "neue", "Quelle", "Treue" stay

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


def fold(word: str) -> str:
    """Return a word in lower case with umlauts, their digraphs and other accents as plain letters.

    "Förderung", "Foerderung" and "FORDERUNG" become the same; so do "Straße" and "Strasse".
    """
    lowered = unicodedata.normalize("NFKC", word).casefold().translate(_FOLDS)
    bare = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return _DIGRAPHS.sub(r"\1", bare)


_FOLDED_STOP_WORDS = frozenset(fold(word) for word in STOP_WORDS)


def terms(text: str) -> list[str]:
    """Return the terms of a text in order: stems of its words, compounds with a hyphen also in parts.

    The stemmer is Snowball's for German (https://snowballstem.org/algorithms/german/stemmer.html).
    """
    found: list[str] = []
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        parts = _PART.findall(match.group())
        whole = [] if len(parts) == 1 else ["".join(parts)]
        found.extend(_stem(word) for word in (*parts, *whole) if fold(word) not in _FOLDED_STOP_WORDS)
    return [term for term in found if len(term) > 1 or term.isdigit()]


@lru_cache(maxsize=100_000)  # more word forms than a corpus of our size has
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(fold(word)))  # folded first, so that "Häuser" and "Haeuser" meet


_STEMMER = snowballstemmer.stemmer("german")
