"""Signs of Wingdings and Symbol, which fonts hide in Unicode's private area, as a reader sees them.

Only those that carry meaning in running text; others are ornament.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "\uf0e0": "→",
        "\uf0ae": "→",
        "\uf0df": "←",
        "\uf0f3": "↔",
        "\uf0fc": "✓",
        "\uf0fb": "✗",
        "\uf0fe": "☒",
        "\uf0a8": "☐",
        "\uf06f": "☐",
        "\uf0b1": "±",
        "\uf0a3": "≤",
        "\uf0b3": "≥",
        "\uf0b4": "×",
        "\uf0b0": "°",
        "\uf06d": "µ",
    }
)
BULLETS = frozenset("\uf0b7\uf0a7\uf06e\uf071\uf075\uf076\uf077\uf09f\uf0d8\uf06c")
