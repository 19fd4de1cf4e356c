"""`python -m tests.ingest.killed CORPUS INDEX N`: an ingestion that kills itself at its n-th write.

With 0 it lives and prints how many writes there were.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import durable, edge
from index.embedded import EmbeddedCollection
from tests.fake_encoder import WordEncoder
from tests.ingest.corpora import ingest

if TYPE_CHECKING:
    from collections.abc import Callable

writes = 0


def counted(write: Callable[..., Any], last: int) -> Callable[..., Any]:
    def wrapped(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - it stands for any function
        global writes  # noqa: PLW0603 - one count for all writes of the process
        writes += 1
        if writes == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return write(*arguments, **options)

    return wrapped


def main(corpus: Path, index: Path, last: int) -> None:
    rooms: list[tuple[Any, str]] = [
        (edge, "put"),
        (edge, "remove"),
        (durable, "copy_sparsely"),
        (os, "fsync"),
        (Path, "replace"),
        (Path, "write_text"),
    ]
    for room, name in rooms:
        setattr(room, name, counted(getattr(room, name), last))
    ingest(corpus, EmbeddedCollection(index), WordEncoder())
    sys.stdout.write(str(writes))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
