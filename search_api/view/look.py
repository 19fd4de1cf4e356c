"""How answers look, the same on both doors."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def look() -> str:
    """The style of verdicts, hits, notices and documents; its colours are custom properties."""
    return files("search_api.view").joinpath("look.css").read_text(encoding="utf-8")
