"""Whole processes, measured from outside: the ingestion job and the search API."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import httpx

from index.errors import KnowledgeBaseError
from index.judgements import read_judgements

if TYPE_CHECKING:
    from index.settings import Settings

_ROOT = Path(__file__).parent.parent
_READY_S = 120
_LIMIT_S = 600


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
        environ = {"KB_CORPUS": str(corpus), "KB_DATA": str(data)}
        first_s, second_s = (_timed_ingestion(environ) for _ in range(2))
    return {"sources": sources, "first_s": round(first_s, 2), "again_s": round(second_s, 2)}


def api_peak_mb(settings: Settings) -> int:
    """Serve the published generation, ask all judged questions, return the API's peak memory.

    Raises:
        KnowledgeBaseError: the API does not become ready.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {"KB_CORPUS": str(settings.corpus), "KB_DATA": str(settings.data), "KB_PORT": str(port)}
    command = [sys.executable, "-m", "search_api"]
    with subprocess.Popen(
        command, cwd=_ROOT, env={**os.environ, **environ}, stderr=subprocess.DEVNULL
    ) as api:
        try:
            client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)
            _wait_until_ready(client)
            for judgement in read_judgements(settings.corpus):
                client.get("/search", params={"q": judgement.question}).raise_for_status()
            status = Path(f"/proc/{api.pid}/status").read_text(encoding="ascii")
        finally:
            api.terminate()
    match = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(match.group(1)) // 1024 if match else 0


def _timed_ingestion(environ: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "ingest", "--json"],
        cwd=_ROOT,
        env={**os.environ, **environ},
        check=True,
        capture_output=True,
        timeout=_LIMIT_S,
    )
    return time.perf_counter() - began


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
