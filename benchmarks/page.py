"""`python -m benchmarks.page`: from Enter to the first answer on the screen, through both doors."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks.one_change import large
from benchmarks.processes import served_api, served_page, timed_ingestion
from benchmarks.record import show, write
from index.errors import KnowledgeBaseError
from index.judgements import read_judgements
from index.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

_USUAL = 5_000  # passages beside those of the corpus; the size that the target names
_WARM_UP = 3  # questions that are asked before and not counted
_ASKED = 40
_ANSWER = ".treffer"


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write `benchmarks/results/page.json`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page")
    parser.add_argument("--passages", type=int, default=_USUAL, help="passages beside those of the corpus")
    parser.add_argument("--folder", type=Path, help="folder that keeps the large corpus for the next time")
    options = parser.parse_args(arguments)
    try:
        settings = read_settings(os.environ)
        with large(settings, options.passages, options.folder) as folder:
            timed_ingestion(folder / "corpus", folder / "data")
            figures = {"passages_beside": options.passages, **_measured(folder)}
    except KnowledgeBaseError as error:
        return show([str(error)], code=1)
    path = write("page", figures)
    return show([*(f"{name}: {figure}" for name, figure in figures.items()), f"geschrieben: {path}"])


def _measured(folder: Path) -> dict[str, object]:
    """Ask each question once: none is remembered when its time is taken."""
    judged = read_judgements(folder / "corpus")
    questions = [each.question for each in judged if each.relevant and each.language == "de"]
    half = _WARM_UP + _ASKED
    with served_api(folder / "corpus", folder / "data") as api, sync_playwright() as engines:
        url = str(api.client.base_url).rstrip("/")
        chromium = engines.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        page = chromium.new_page()
        with served_page(url) as streamlit:
            first = _times(page, streamlit, questions[:half], "input[aria-label='Ihre Frage']")
        second = _times(page, f"{url}/suche", questions[half : 2 * half], "#q")
        chromium.close()
    return {"streamlit_ms": _spread(first), "second_door_ms": _spread(second)}


def _times(page: Page, url: str, questions: Sequence[str], box: str) -> list[float]:
    """Return the milliseconds of each question but those of the warm-up, from Enter on."""
    times = []
    for question in questions:
        page.goto(url)
        page.locator(box).fill(question)
        began = time.perf_counter()
        page.locator(box).press("Enter")
        page.locator(_ANSWER).first.wait_for(state="attached")
        times.append((time.perf_counter() - began) * 1_000)
    return times[_WARM_UP:]


def _spread(times: Sequence[float]) -> dict[str, int]:
    return {f"p{share}": round(float(np.percentile(times, share))) for share in (50, 95, 100)}


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
