"""What the sources of a generation are and which words they have, beside Edge's files.

All of it stands in the points of the shard as well; to collect it there takes four seconds among 50 000
passages, and whoever publishes one change or follows it would wait for them. A file that is missing or
damaged is made from the points.
"""

from __future__ import annotations

import gzip
import json
import logging
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from index.embedded import edge
from index.payload import CATALOGUE_KEYS, to_entry
from index.word_counts import WordCounts, added, grouped, ungrouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from qdrant_edge import EdgeShard

    from index.passage import SourceEntry

_CATALOGUE, _WORDS = "catalogue.json.gz", "word_counts.json.gz"  # gzip notices a changed byte
_FAST = 1  # of gzip's levels: half the time of the usual one, and a tenth larger
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Summary:
    """Kept true while a draft is written: `entries` by source as payloads, words and terms with passages."""

    entries: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    written: Counter[str] = field(default_factory=Counter)
    terms: Counter[str] = field(default_factory=Counter)

    def catalogue(self) -> list[SourceEntry]:
        """Return all sources, sorted by path."""
        return [to_entry(self.entries[source]) for source in sorted(self.entries)]

    def counts(self) -> WordCounts:
        """Return every word and term with the number of passages that have it."""
        return WordCounts(self.written, self.terms)

    def add(self, payloads: Iterable[Mapping[str, Any]]) -> None:
        """Count sources in, by the payloads of their first passages."""
        known = list(payloads)
        counts = added(known)
        self.written.update(counts.written)
        self.terms.update(counts.terms)
        self.entries |= {each["source"]: {key: each[key] for key in CATALOGUE_KEYS} for each in known}

    def take_out(self, payloads: Iterable[Mapping[str, Any]]) -> None:
        """Forget sources, by the payloads that their first passages have until now."""
        known = list(payloads)
        counts = added(known)
        for total, gone in ((self.written, counts.written), (self.terms, counts.terms)):
            total.subtract(gone)
            for word in [word for word in gone if total[word] <= 0]:
                del total[word]
        for each in known:
            self.entries.pop(each["source"], None)


def collected(shard: EdgeShard) -> Summary:
    """Return the summary of everything in the shard."""
    summary = Summary()
    summary.add(edge.first_payloads(shard))
    return summary


def write_summary(folder: Path, summary: Summary) -> None:
    """Write it down in `folder`, beside the shard."""
    _write(folder / _CATALOGUE, list(summary.entries.values()))
    _write(folder / _WORDS, [grouped(summary.written), grouped(summary.terms)])


def read_summary(folder: Path, shard: EdgeShard, passages: int) -> Summary:
    """Return the summary of the generation in `folder` with so many passages."""
    entries, counts = _entries(folder, passages), _read(folder / _WORDS)
    if entries is None or counts is None:
        return collected(shard)
    return Summary({each["source"]: each for each in entries}, *(Counter(ungrouped(each)) for each in counts))


def read_catalogue(folder: Path, shard: EdgeShard, passages: int) -> list[SourceEntry]:
    """Return all sources of the generation in `folder` with so many passages, sorted by path."""
    entries = _entries(folder, passages)
    if entries is None:
        return collected(shard).catalogue()
    return sorted(map(to_entry, entries), key=lambda entry: entry.source)


def read_words(folder: Path, shard: EdgeShard) -> WordCounts:
    """Return every word and term of the generation in `folder`, with the number of passages that have it."""
    counts = _read(folder / _WORDS)
    return collected(shard).counts() if counts is None else WordCounts(*map(ungrouped, counts))


def _entries(folder: Path, passages: int) -> list[Mapping[str, Any]] | None:
    """Return the catalogue as payloads; None if it is not there or not that of so many passages."""
    entries: list[Mapping[str, Any]] | None = _read(folder / _CATALOGUE)
    if entries is None or sum(each["passages"] for each in entries) != passages:
        return None
    return entries


def _write(path: Path, content: object) -> None:
    path.write_bytes(gzip.compress(json.dumps(content).encode(), _FAST))


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON
    """Return what was written; None if it is not there or damaged."""
    try:
        return json.loads(gzip.decompress(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, zlib.error) as error:
        _LOG.warning("%s is damaged and passed over: %r", path, error)
        return None
