"""`python -m tests.starter.foreign FOLDER`: note which passages of others' texts ours must not hold.

Only hashes are kept of every twelve words in a row, so that nothing of those texts stands in the repository.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NOTED = Path(__file__).with_name("foreign.txt")
IN_A_ROW = 12  # words; shorter runs are names of programmes and set phrases
_HASH_BYTES = 6  # one in 10^10 of our runs would be taken for a foreign one by chance


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the hash and the words of every run of twelve words; punctuation and case do not count."""
    words = re.findall(r"\w+", text.casefold())
    for start in range(len(words) - IN_A_ROW + 1):
        run = " ".join(words[start : start + IN_A_ROW])
        yield hashlib.blake2b(run.encode(), digest_size=_HASH_BYTES).hexdigest(), run


def note(texts: Iterable[str], path: Path) -> int:
    """Write the hashes of all runs in the texts, one a line; return how many."""
    noted = sorted({each for text in texts for each, _ in runs(text)})
    path.write_text("".join(f"{each}\n" for each in noted), encoding="utf-8")
    return len(noted)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    count = note((path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))), NOTED)
    sys.stdout.write(f"{count} runs of {IN_A_ROW} words noted in {NOTED.name}\n")
