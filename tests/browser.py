"""What tests in a browser share: Chromium, window sizes, axe's rules, a small house on a port."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import threading
import wave
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
_RATE = 8_000  # samples a second; browsers play no slower ones
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""  # WCAG 2.2, success criterion 1.4.12
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
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(house.client.app, port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def silence(seconds: int) -> bytes:
    """A recording in which nothing is said."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(_RATE)
        file.writeframes(bytes([128]) * _RATE * seconds)
    return content.getvalue()


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


LONG = "Partnerschaftsurkundenunterzeichnungsfeierlichkeitenvorbereitungsausschusssitzung"
PRINTED = "Auslandsreise-Krankenversicherung mit medizinisch sinnvollem Rücktransport"
EARLY = "Er fährt früh. "
SOURCES: dict[str, str | bytes] = {
    "handbuch/bus.md": f"# Der Bus\n\nDen Bus bezahlt der Verein. {EARLY * 40}\n\n## {LONG}\n\nKurz.\n",
    "handbuch/car.md": "---\ntitle: Le car\nlanguage: fr\n---\nL'association paie le car, le Bus.\n",
    "foerderung/bus.md": """---
title: Zuschuss zum Bus
funder: Land
amount_max: 500
deadline: laufend
valid_until: 2030-01-01
last_checked: 2026-11-22
---
Den Bus bezahlt zur Hälfte das Land.
""",
    "transkripte/bus.vtt": "WEBVTT\n\n00:01:02.000 --> 00:01:09.000\nDen Bus bezahlt am Ende der Verein.\n",
    "transkripte/bus.wav": silence(90),
    "handbuch/fahrten.pdf": (ROOT / "corpus/handbuch/versicherung-und-haftung-bei-fahrten.pdf").read_bytes(),
    "faq/bus.yaml": "- frage: Wer bezahlt den Bus?\n  antwort: Den Bus bezahlt der Verein.\n",
}


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
