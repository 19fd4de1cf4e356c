"""Who competes: each peer with the script that runs it and, if it brings a library, its requirements."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.environment import prepare

REQUIREMENTS = Path(__file__).parent / "requirements"


@dataclass(frozen=True, slots=True)
class Peer:
    """`module` names its script, and its requirements if it needs an environment of its own."""

    name: str
    module: str
    own_environment: bool = True

    def python(self, environments: Path) -> Path:
        """Return the Python that runs the script; its environment is made under `environments`.

        Raises:
            PeerFailedError: its library cannot be installed.
        """
        if not self.own_environment:
            return Path(sys.executable)
        return prepare(REQUIREMENTS / f"{self.module}.txt", environments / self.module)


PEERS = (
    Peer("BM25 (bm25s)", "bm25s"),
    Peer("SQLite FTS5", "fts5", own_environment=False),
    Peer("Tantivy", "tantivy"),
    Peer("nur dense", "dense", own_environment=False),
    Peer("RRF aus dense und bm25s", "rrf"),
    Peer("txtai hybrid", "txtai"),
    Peer("Haystack hybrid", "haystack"),
)
