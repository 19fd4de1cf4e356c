"""The sources that a person should look at, as a table on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from index.health import Grade, counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.health import Health

_WORDS = {Grade.RED: "rot", Grade.YELLOW: "gelb", Grade.GREEN: "grün"}
_WIDTH = 160  # columns where no terminal tells its own: a log


def show_health(healths: Mapping[str, Health], output: TextIO) -> None:
    """Print the red and yellow sources with their reasons, then how many of each there are."""
    console = Console(file=output, highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH
    worrying = {source: health for source, health in healths.items() if health.grade is not Grade.GREEN}
    if worrying:
        console.print(_table(worrying))
    numbers = counts(healths.values())
    console.print(
        "Quellen: " + ", ".join(f"{number} {_WORDS[Grade(grade)]}" for grade, number in numbers.items())
    )


def _table(healths: Mapping[str, Health]) -> Table:
    table = Table("Ampel", "Quelle", "Was zu tun ist", show_lines=True)
    for source, health in healths.items():
        # As `Text`: a name or reason with [brackets] is no markup.
        word = Text(_WORDS[health.grade], style=health.grade.value)
        table.add_row(word, Text(source, overflow="fold"), Text("\n".join(health.reasons)))
    return table
