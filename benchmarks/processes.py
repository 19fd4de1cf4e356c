"""Whole processes, measured from outside: the ingestion job and the search API."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Timer
from typing import TYPE_CHECKING, Any

import httpx

from index.errors import KnowledgeBaseError
from index.judgements import read_judgements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.settings import Settings

_ROOT = Path(__file__).parent.parent
_READY_S = 120
_LIMIT_S = 1_800
_KILOBYTES = 1_024  # of a megabyte; ru_maxrss counts them on Linux


def time_unchanged_ingestion(settings: Settings, sources: int) -> dict[str, float]:
    """Ingest a corpus of so many short sources twice and time the second run as a whole process."""
    with TemporaryDirectory() as folder:
        corpus, data = Path(folder) / "corpus", Path(folder) / "data"
        corpus.mkdir()
        data.mkdir()
        (data / "models").symlink_to((settings.data / "models").resolve())
        for number in range(sources):
            text = f"# Merkblatt {number}\n\nDer Zuschuss Nummer {number} gilt für Begegnungen.\n"
            (corpus / f"{number}.md").write_text(text, encoding="utf-8")
        first_s, second_s = (timed_ingestion(corpus, data).took_s for _ in range(2))
    return {"sources": sources, "first_s": round(first_s, 2), "again_s": round(second_s, 2)}


def api_peak_mb(settings: Settings) -> int:
    """Serve the published generation, ask all judged questions, return the API's peak memory.

    Raises:
        KnowledgeBaseError: the API does not become ready.
    """
    with served_api(settings.corpus, settings.data) as api:
        api.ask_all(settings.corpus)
        return api.peak_mb()


@dataclass(frozen=True, slots=True)
class ServedApi:
    """A search API in a process of its own."""

    process: subprocess.Popen[bytes]
    client: httpx.Client

    def ask_all(self, corpus: Path) -> None:
        """Ask the judged questions of a corpus."""
        for judgement in read_judgements(corpus):
            self.client.get("/search", params={"q": judgement.question}).raise_for_status()

    def peak_mb(self) -> int:
        """Return the most memory that it has had so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        match = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(match.group(1)) // 1024 if match else 0


@contextmanager
def served_api(corpus: Path, data: Path) -> Iterator[ServedApi]:
    """Run a search API over what is published below `data`; it is ready when this is entered.

    Raises:
        KnowledgeBaseError: it does not become ready.
    """
    port = _free_port()
    environ = {"KB_CORPUS": str(corpus), "KB_DATA": str(data), "KB_PORT": str(port)}
    command = [sys.executable, "-m", "search_api"]
    with (
        subprocess.Popen(
            command, cwd=_ROOT, env={**os.environ, **environ}, stderr=subprocess.DEVNULL
        ) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client,
    ):
        try:
            _wait_until_ready(client)
            yield ServedApi(process, client)
        finally:
            process.terminate()


@contextmanager
def served_page(api_url: str) -> Iterator[str]:
    """Run the Streamlit page over a search API; return its address."""
    port = _free_port()
    place = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}
    command = [sys.executable, "-m", "streamlit", "run", "ui/app.py"]
    environ = {**os.environ, **place, "KB_API_URL": api_url}
    with subprocess.Popen(command, cwd=_ROOT, env=environ, stdout=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as client:
                client.get(f"{url}/_stcore/health").raise_for_status()
            yield url
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass(frozen=True, slots=True)
class TimedIngestion:
    """A whole process: its time, the most memory that it or one of its children had, and its report."""

    took_s: float
    peak_mb: int
    report: dict[str, Any]


def timed_ingestion(corpus: Path, data: Path) -> TimedIngestion:
    """Run `python -m ingest --json` and measure it.

    The system counts a child's memory from the peak of whoever starts it: this process must stay smaller.

    Raises:
        CalledProcessError: it failed.
    """
    environ = {**os.environ, "KB_CORPUS": str(corpus), "KB_DATA": str(data)}
    command = [sys.executable, "-m", "ingest", "--json"]
    began = time.perf_counter()
    with (
        TemporaryFile() as output,
        subprocess.Popen(
            command, cwd=_ROOT, env=environ, stdout=output, stderr=subprocess.DEVNULL
        ) as process,
        _limited(process),
    ):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)  # `Popen` cannot wait for it any more
        took_s = time.perf_counter() - began
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        output.seek(0)
        report: dict[str, Any] = json.loads(output.read().splitlines()[-1])
    return TimedIngestion(took_s, usage.ru_maxrss // _KILOBYTES, report)


@contextmanager
def _limited(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kill what takes longer than half an hour."""
    limit = Timer(_LIMIT_S, process.kill)
    limit.start()
    try:
        yield
    finally:
        limit.cancel()


def _wait_until_ready(client: httpx.Client) -> None:
    deadline = time.monotonic() + _READY_S
    while time.monotonic() < deadline:
        try:
            if client.get("/health/ready").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    message = "Die Suche wird nicht bereit; erstellen Sie zuerst einen Bestand mit »python -m ingest«."
    raise KnowledgeBaseError(message)
