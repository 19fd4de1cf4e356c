"""SQLite FTS5: its BM25 over words; it has a stemmer for English only, so German forms stay apart."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks.peers.scripts.exchange import DEPTH, answer

if TYPE_CHECKING:
    from benchmarks.peers.scripts.exchange import Export, Ranking

_WORD = re.compile(r"\w+")
_TABLE = "CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='unicode61 remove_diacritics 2')"
_SEARCH = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank, rowid LIMIT ?"


def rank(export: Export) -> list[Ranking]:
    """Return for each question the rows of the passages that share a word with it."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(_TABLE)
        rows = enumerate(passage.text for passage in export.passages)
        database.executemany("INSERT INTO passages (rowid, text) VALUES (?, ?)", rows)
        return [_found(question.text, database) for question in export.questions]


def _found(question: str, database: sqlite3.Connection) -> list[int]:
    words = " OR ".join(f'"{word}"' for word in _WORD.findall(question))  # quoted: "NOT" is an operator
    if not words:
        return []
    return [row for (row,) in database.execute(_SEARCH, (words, DEPTH))]


if __name__ == "__main__":
    answer(rank, {"SQLite": sqlite3.sqlite_version})
