"""What tests in a browser share: Chromium, window sizes, axe's rules, a small house on a port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.conftest import ROOT
from tests.search_api.house import House

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENSHOTS = ROOT / "var" / "screenshots"
DESKTOP, ENLARGED, PHONE, NARROW = (1280, 900), (640, 450), (360, 740), (320, 640)  # CSS pixels
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""  # WCAG 2.2, success criterion 1.4.12
_UNFINISHED = "[data-testid=stSkeleton], [data-testid=stAppSkeleton], [data-testid=stSpinner]"
_SETTLED = f"""() => {{
  const app = document.querySelector("[data-testid=stApp]");
  return app?.dataset.testScriptState === "notRunning" && !document.querySelector("{_UNFINISHED}");
}}"""
NEEDS_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as engines:
        opened = engines.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def served(folder: Path, sources: Mapping[str, str | bytes]) -> Iterator[str]:
    """A running API over these sources; its address."""
    house = House(folder)
    for source, text in sources.items():
        house.write(source, text)
    house.publish()
    with running(house) as address:
        yield address


@contextmanager
def running(house: House) -> Iterator[str]:
    """The house's API on a port of its own; its address."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(house.client.app, port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def streamlit_over(api: str) -> Iterator[str]:
    """The page as `streamlit run` serves it, over a running API; its address."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "ui/app.py", f"--server.port={port}"]
    environ = {**os.environ, "KB_API_URL": api, "KB_CONTACT": "Sprechstunde, dienstags 10 bis 12 Uhr"}
    with subprocess.Popen([*command, "--server.address=127.0.0.1"], cwd=ROOT, env=environ) as streamlit:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url)
        yield url
        streamlit.terminate()


def _wait_for(url: str) -> None:
    transport = httpx.HTTPTransport(retries=8)  # waits half a second, one, two ... in between
    with httpx.Client(transport=transport) as client:
        assert client.get(f"{url}/_stcore/health").status_code == 200


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def violations(page: Page) -> list[tuple[str, str, list[str]]]:
    """What axe-core finds: rule, impact, and the elements."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], each["impact"], [node["html"] for node in each["nodes"]]) for each in found]


def settled(page: Page) -> None:
    """Wait until Streamlit has drawn all: the script is through, and no grey stand-in is left for a field."""
    page.wait_for_function(_SETTLED)


def resized(page: Page, size: tuple[int, int]) -> None:
    """Make the window so large, in CSS pixels."""
    page.set_viewport_size({"width": size[0], "height": size[1]})


def photograph_streamlit(page: Page, name: str) -> None:
    """Draw the whole page: it scrolls inside a section, so the window is made as high as that."""
    before = page.viewport_size or {"width": DESKTOP[0], "height": DESKTOP[1]}
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({**before, "height": height})
    photograph(page, "seite", name)
    page.set_viewport_size(before)


def photograph(page: Page, door: str, name: str) -> None:
    """Keep a picture of the whole page under `var/screenshots`, to be looked at."""
    folder = SCREENSHOTS / door
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
