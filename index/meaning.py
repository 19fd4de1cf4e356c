"""A passage with what it means, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.passage import Passage


@dataclass(frozen=True, slots=True)
class Meaning:
    """A stored passage and the vector of the whole of it, length 1."""

    passage: Passage
    vector: NDArray[np.float32]
