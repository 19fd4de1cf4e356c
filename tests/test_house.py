"""The whole house as a stranger meets it: `make start`'s launcher, the page in a browser, Ctrl-C."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.ui import WebDriverWait

from tests.conftest import MODELS, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver.remote.webelement import WebElement

    from index.encoder import SentenceEncoder

QUESTION = "Welche Versicherung braucht unser Verein für eine mehrtägige Fahrt?"
SOURCES = (
    "handbuch/versicherung-und-haftung-bei-fahrten.pdf",
    "transkripte/fahrten-planen.vtt",
    "faq/versicherung.yaml",
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMEDRIVER = shutil.which("chromedriver")
SWITCHES = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1200,1400"
).split()
PATIENCE_S = 60

pytestmark = pytest.mark.model


@dataclass(frozen=True)
class House:
    """A running launcher with what it printed, where its page and API are, and its settings."""

    process: subprocess.Popen[str]
    printed: str
    page: str
    api: str
    environ: dict[str, str]
    started_in_s: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def start(environ: dict[str, str]) -> House:
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, ".make/start.py"],
        cwd=ROOT,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    printed = ""
    while "Beenden mit Strg-C" not in printed:
        line = process.stdout.readline()
        assert line, f"the launcher ended: {printed}"
        printed += line
    addresses = re.findall(r"http://\S+", printed)
    api = addresses[1].removesuffix("/openapi.json")
    return House(process, printed, addresses[0], api, environ, time.monotonic() - began)


def stop(house: House) -> int:
    house.process.send_signal(signal.SIGINT)
    code = house.process.wait(30)
    if house.process.stdout is not None:
        house.process.stdout.close()
    return code


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory, real_encoder: SentenceEncoder) -> dict[str, str]:
    """A few real sources and folders of its own; only the unpacked model is shared."""
    assert real_encoder.stamp.dimension == 384
    folder = tmp_path_factory.mktemp("house")
    (folder / "data").mkdir()
    (folder / "data" / "models").symlink_to(MODELS)
    names = [
        name
        for source in SOURCES
        for name in (source, f"{source}.meta.yaml")
        if (ROOT / "corpus" / name).exists()
    ]
    for name in [*names, "fragen.yaml"]:
        target = folder / "corpus" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "corpus" / name, target)
    return {
        "KB_CORPUS": str(folder / "corpus"),
        "KB_DATA": str(folder / "data"),
        "KB_PORT": str(free_port()),
        "STREAMLIT_SERVER_PORT": str(free_port()),
    }


@pytest.fixture(scope="module")
def house(environ: dict[str, str]) -> Iterator[House]:
    running = start(environ)
    yield running
    if running.process.poll() is None:
        stop(running)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    if CHROMIUM is None or CHROMEDRIVER is None:
        pytest.skip("no Chromium with its driver here: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(switch)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))
    yield driver
    driver.quit()


def wait_for(browser: webdriver.Chrome, selector: str) -> WebElement:
    found = expected.presence_of_element_located((By.CSS_SELECTOR, selector))
    return WebDriverWait(browser, PATIENCE_S).until(found)


def ask(browser: webdriver.Chrome, house: House, question: str) -> None:
    browser.get(house.page)
    box = wait_for(browser, 'input[aria-label="Ihre Frage"]')
    box.send_keys(question + Keys.ENTER)
    wait_for(browser, ".urteil")


def links(browser: webdriver.Chrome) -> list[str]:
    found = browser.find_elements(By.CSS_SELECTOR, "article.treffer .wege a")
    return [link.get_attribute("href") or "" for link in found]


def test_the_question_of_the_readme_is_answered(house: House) -> None:
    answer = httpx.get(f"{house.api}/search", params={"q": QUESTION}, timeout=30).json()
    best = answer["hits"][0]
    sentence = best["text"][best["highlight"]["start"] : best["highlight"]["end"]]
    assert answer["verdict"] == "answered"
    assert best["document"]["source"] in SOURCES
    assert "versicherung" in sentence.lower()
    assert answer["language"] == "de"


@pytest.mark.browser
def test_the_page_shows_the_passage_with_source_and_place(house: House, browser: webdriver.Chrome) -> None:
    ask(browser, house, QUESTION)
    hit = wait_for(browser, 'article.treffer[data-rank="1"]')
    assert "versicherung" in hit.find_element(By.CSS_SELECTOR, "mark").text.lower()
    assert "geprüft am" in hit.find_element(By.CSS_SELECTOR, ".quelle").text
    assert "beantwortet" in browser.find_element(By.CSS_SELECTOR, ".urteil").text


@pytest.mark.browser
def test_the_link_of_a_page_opens_the_pdf_at_that_page(house: House, browser: webdriver.Chrome) -> None:
    ask(browser, house, QUESTION)
    wait_for(browser, "article.treffer")
    (link, *_) = [each for each in links(browser) if "/file#page=" in each]
    answer = httpx.get(link.split("#")[0].replace("localhost", "127.0.0.1"), timeout=30)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.content == (ROOT / "corpus" / SOURCES[0]).read_bytes()
    assert re.search(r"#page=[1-4]$", link)


@pytest.mark.browser
def test_the_link_of_a_time_opens_the_transcript_there(house: House, browser: webdriver.Chrome) -> None:
    ask(browser, house, "Was schreiben wir in den Notfallplan für die Busfahrt?")
    wait_for(browser, "article.treffer")
    (link, *_) = [each for each in links(browser) if re.search(r"[?&]t=\d+", each)]
    browser.get(link)
    passage = wait_for(browser, ".gesucht")
    second = int(re.findall(r"[?&]t=(\d+)", link)[0])
    assert f"{second // 60}:{second % 60:02d}" in passage.text

    def in_view(driver: webdriver.Chrome) -> bool:
        top = driver.execute_script("return arguments[0].getBoundingClientRect().top", passage)
        height = driver.execute_script("return window.innerHeight")
        return bool(0 <= top < height)

    WebDriverWait(browser, PATIENCE_S).until(in_view)


@pytest.mark.browser
def test_a_question_that_nothing_answers_is_told_so(house: House, browser: webdriver.Chrome) -> None:
    ask(browser, house, "Wie wird das Wetter am Wochenende in Lille?")
    assert wait_for(browser, ".urteil-none").text


@pytest.mark.browser
def test_the_page_asks_nobody_outside_this_machine(house: House, browser: webdriver.Chrome) -> None:
    ask(browser, house, QUESTION)
    asked = browser.execute_script("return performance.getEntriesByType('resource').map(each => each.name)")
    assert asked
    assert [
        address
        for address in asked
        if not re.match(r"(https?|wss?)://(localhost|127\.0\.0\.1)[:/]|data:|blob:", address)
    ] == []


def test_an_added_source_is_found_without_a_restart(house: House) -> None:
    """Searches go on while another process ingests; none fails."""
    new = Path(house.environ["KB_CORPUS"]) / "handbuch" / "kuckucksuhr.md"
    new.write_text("# Gastgeschenke\n\nDie Kuckucksuhr ist ein beliebtes Gastgeschenk.\n", encoding="utf-8")
    command = [sys.executable, "-m", "ingest"]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **house.environ}, stdout=subprocess.DEVNULL
    ) as job:
        while job.poll() is None:
            assert httpx.get(f"{house.api}/search", params={"q": QUESTION}, timeout=30).status_code == 200
    found = httpx.get(f"{house.api}/search", params={"q": "Kuckucksuhr"}, timeout=30).json()
    assert (job.returncode, found["hits"][0]["document"]["source"]) == (0, "handbuch/kuckucksuhr.md")


def test_a_second_launcher_says_that_the_port_is_taken(house: House) -> None:
    done = subprocess.run(
        [sys.executable, ".make/start.py"],
        cwd=ROOT,
        env={**os.environ, **house.environ},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1
    assert f"Anschluss {house.environ['KB_PORT']} auf 127.0.0.1 ist belegt" in done.stdout
    assert "KB_PORT=" in done.stdout


def test_it_stops_cleanly_and_starts_again_in_less_than_15_seconds(house: House) -> None:
    """The last test of this module: it ends the house that the others use."""
    assert stop(house) == 0
    for address in (house.page, house.api):
        with pytest.raises(httpx.TransportError):
            httpx.get(address.replace("localhost", "127.0.0.1"), timeout=2)
    again = start(house.environ)
    assert stop(again) == 0
    assert "Der Bestand bleibt, wie er ist" in again.printed
    assert again.started_in_s < 15
