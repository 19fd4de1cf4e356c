"""Which sources say nearly the same: a few numbers stand for a text, and only they are compared.

The numbers are the smallest hashes of its sentences. Of two such sets the share that they have in
common estimates the share of the sentences (Broder, On the resemblance and containment of documents,
1997, "bottom-k"). Sentences, since the same words may be cut into other passages in another file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from hashlib import blake2b
from itertools import combinations
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Sketch = tuple[int, ...]

NEARLY_THE_SAME = 0.8  # of the sentences: a sheet in which a tenth was reworded still reaches it
_SIZE = 128  # numbers a source: the estimate is off by .04 at .8, and the catalogue stays small
_BYTES = 5  # of a hash: two sentences in a million million share one by chance
_EVERYWHERE = 50  # sources; a sentence of more is a footer and makes no pair of them by itself
_SHORTEST = 20  # characters; shorter sentences stand in many texts ("Siehe oben.")


def sketch_of(sentences: Iterable[str]) -> Sketch:
    """Return the sketch of a text: capitals and line breaks make no difference."""
    plain = (" ".join(sentence.casefold().split()) for sentence in sentences)
    return tuple(sorted({_hash(words) for words in plain if len(words) >= _SHORTEST})[:_SIZE])


def resemblance(one: Sketch, other: Sketch) -> float:
    """Return the estimated share of the sentences of both texts that stand in both, 0 to 1."""
    sample = sorted({*one, *other})[:_SIZE]
    both = {*one} & {*other}
    return sum(each in both for each in sample) / len(sample) if sample else 0.0


def near_twins(sketches: Mapping[str, Sketch]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names whose texts are nearly the same.

    Only pairs that share one of their rarest numbers are compared: two sketches with a fifth of their numbers
    different at most cannot differ in all of the rarest fifth and one more (Chaudhuri, Ganti and Kaushik, A
    Primitive Operator for Similarity Joins, 2006, "prefix filter").
    """
    sets = {name: frozenset(sketch) for name, sketch in sketches.items()}
    for one, other in _candidates(sketches):
        needed = NEARLY_THE_SAME * max(len(sets[one]), len(sets[other]))
        in_both = len(sets[one] & sets[other])
        if in_both >= needed and resemblance(sketches[one], sketches[other]) >= NEARLY_THE_SAME:
            yield one, other


def _candidates(sketches: Mapping[str, Sketch]) -> Iterable[tuple[str, str]]:
    spread = Counter(number for sketch in sketches.values() for number in sketch)
    holders: dict[int, list[str]] = defaultdict(list)
    for name, sketch in sketches.items():
        rarest_first = sorted(sketch, key=lambda number: (spread[number], number))
        for number in rarest_first[: len(sketch) - ceil(NEARLY_THE_SAME * len(sketch)) + 1]:
            if spread[number] <= _EVERYWHERE:
                holders[number].append(name)
    return dict.fromkeys(pair for names in holders.values() for pair in combinations(names, 2))


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=_BYTES).digest())
