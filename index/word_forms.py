"""The forms of German words, each with the word it is a form of, ready in milliseconds.

They come from `simplemma` (MIT), 1.1 million of German, which takes 1.6 s and 100 MB to read in every
process; packed into tries (`marisa-trie`) they take 50 ms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol

import marisa_trie
import numpy as np
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from index.folding import fold
from index.packed import FOLDER, read_packed, write_packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set
    from pathlib import Path

PACKED = FOLDER / "word_forms.npz"
_RELEASE = f"3 of {version('simplemma')}"  # first our own number: of the format, and of what `fold` does
_TRIES = ("forms", "nouns")


class WordForms(Protocol):
    """What a dictionary knows."""

    def word(self, form: str) -> str | None:
        """Return the word that `form`, spelt exactly so, is a form of."""

    def has_noun(self, folded: str) -> bool:
        """Whether a form of a noun becomes this when it is folded."""


@cache
def word_forms() -> WordForms:
    """Return the dictionary of German."""
    return packed_forms(PACKED) or PlainForms()


class PlainForms:
    """The dictionary as it comes."""

    def __init__(self) -> None:
        self.forms: Mapping[str, str] = DefaultDictionaryFactory().get_dictionary("de")
        self._with_umlauts: Set[str] | None = None

    def word(self, form: str) -> str | None:
        """Return the word that `form`, spelt exactly so, is a form of."""
        return self.forms.get(form)

    def has_noun(self, folded: str) -> bool:
        """Whether a form of a noun becomes this when it is folded."""
        if self._with_umlauts is None:  # it takes a second, and some processes never ask
            self._with_umlauts = _nouns_with_umlauts(self.forms)
        return folded.capitalize() in self.forms or folded in self._with_umlauts


@dataclass(frozen=True, slots=True)
class PackedForms:
    """The same in tries."""

    forms: marisa_trie.BytesTrie
    nouns: marisa_trie.Trie

    def word(self, form: str) -> str | None:
        """Return the word that `form`, spelt exactly so, is a form of."""
        found = self.forms.get(form)
        return str(found[0], "utf-8") if found else None

    def has_noun(self, folded: str) -> bool:
        """Whether a form of a noun becomes this when it is folded."""
        return folded in self.nouns


def packed_forms(path: Path) -> PackedForms | None:
    """Return what `pack` wrote; None if it is not there, damaged or of another release of the dictionary."""
    parts = read_packed(path, _RELEASE, _TRIES)
    if parts is None:
        return None
    forms, nouns = (parts[name].tobytes() for name in _TRIES)
    return PackedForms(marisa_trie.BytesTrie().frombytes(forms), marisa_trie.Trie().frombytes(nouns))


def pack(path: Path) -> None:
    """Write the dictionary as tries.

    Raises:
        OSError: the folder cannot be written.
    """
    plain = PlainForms()
    forms = marisa_trie.BytesTrie((form, word.encode()) for form, word in plain.forms.items())
    tries = (forms, marisa_trie.Trie(_nouns(plain.forms)))
    parts = {name: np.frombuffer(trie.tobytes(), np.uint8) for name, trie in zip(_TRIES, tries, strict=True)}
    write_packed(path, _RELEASE, parts)


def _nouns(forms: Iterable[str]) -> set[str]:
    """Return the forms of nouns, and of names, folded."""
    plain = {form.lower() for form in forms if form == form.capitalize()}
    return plain | _nouns_with_umlauts(forms)


def _nouns_with_umlauts(forms: Iterable[str]) -> frozenset[str]:
    """Return the forms of nouns with umlauts, accents or ß, folded."""
    nouns = "\n".join(form for form in forms if not form.isascii() and form[0].isupper())
    return frozenset(fold(nouns).split("\n"))  # all at once: folding each by itself takes twice as long
