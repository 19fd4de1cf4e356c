"""All searches on one contest: our product in this process, each peer in its own."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.peers.contest import exported, own_rankings
from benchmarks.peers.failure import PeerFailedError
from benchmarks.peers.rankings import read_answers
from benchmarks.peers.run import run
from benchmarks.peers.scores import figures
from benchmarks.peers.scripts.exchange import write_export
from benchmarks.peers.table import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.peers.contest import Contest
    from benchmarks.peers.roster import Peer
    from index.encoder import PassageEncoder

_PRODUCT = "partnerschaftslotse"


def compete(
    contest: Contest, encoder: PassageEncoder, peers: Sequence[Peer], environments: Path
) -> list[Row]:
    """Return the row of our product, then one for each peer, failed or not.

    `environments` is the folder with the virtual environments of the peers' libraries.
    """
    with TemporaryDirectory() as folder:
        write_export(exported(contest, encoder), Path(folder))
        return [_own_row(contest), *(_row(peer, contest, Path(folder), environments) for peer in peers)]


def _own_row(contest: Contest) -> Row:
    versions = {_PRODUCT: version(_PRODUCT), "Python": platform.python_version()}
    reached = figures(own_rankings(contest), contest.judgements, contest.passages)
    return Row("Partnerschaftslotse", versions, reached)


def _row(peer: Peer, contest: Contest, export: Path, environments: Path) -> Row:
    ids = {passage.id for passage in contest.passages}
    try:
        written = run(peer.module, peer.python(environments), export)
        answers = read_answers(written, len(contest.judgements), ids)
    except PeerFailedError as failure:
        return Row(peer.name, failure=str(failure))
    return Row(peer.name, answers.versions, figures(answers.rankings, contest.judgements, contest.passages))
