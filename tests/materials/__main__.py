"""Remake every binary file of the corpus: `python -m tests.materials`."""

from pathlib import Path

from tests.materials import CORPUS, remake, sources


def main() -> None:
    """Write each binary beside the other sources of its folder and name it."""
    for source in sources(CORPUS):
        print(remake(source, CORPUS).relative_to(Path.cwd()))


if __name__ == "__main__":
    main()
