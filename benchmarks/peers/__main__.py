"""`python -m benchmarks.peers`: our search beside others, on the same corpus, questions and embeddings."""

from __future__ import annotations

import os
import sys

from benchmarks.peers.compete import compete
from benchmarks.peers.contest import open_contest
from benchmarks.peers.roster import PEERS
from benchmarks.peers.table import as_json, table
from benchmarks.record import show, write
from index.encoder import load_encoder
from index.errors import KnowledgeBaseError
from index.settings import read_settings


def main() -> int:
    """Measure, print and write `benchmarks/results/peers.json`."""
    try:
        settings = read_settings(os.environ)
        contest = open_contest(settings)
        encoder = load_encoder(settings.model, settings.data / "models")
    except KnowledgeBaseError as error:
        return show([str(error)], code=1)
    rows = compete(contest, encoder, PEERS, settings.data.resolve() / "peers")
    measured = {
        "generation": contest.served.generation.id,
        "passages": len(contest.passages),
        "questions": {group: each.questions for group, each in rows[0].figures.items()},
        "searches": [as_json(row) for row in rows],
    }
    path = write("peers", measured)
    return show([*table(rows), f"geschrieben: {path}"])


if __name__ == "__main__":
    sys.exit(main())
