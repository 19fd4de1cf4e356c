"""Lists as text: one line a point, nested points after the one that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.readers.headings import Block, Text, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BULLET = "– "


def point_lines(mark: str, blocks: Iterable[Block]) -> Iterator[Text]:
    """Yield what one list point holds as lines of the list; its first words carry `mark`.

    Lines of a list within the point carry marks of their own already. A heading is a line here.
    """
    for block in blocks:
        if isinstance(block, Turn) or not block.words:
            continue
        if isinstance(block, Text) and block.in_list:
            yield block
        else:
            yield Text(mark + block.words, in_list=True)
            mark = ""
