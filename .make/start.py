"""`make start`: ingest the corpus, serve API and page, end both on Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError
from index.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType

ROOT = Path(__file__).parent.parent
_READY_S = 180  # a cold disk on a small machine takes a minute to load torch
_POLL_S = 0.2
_END_S = 10  # a request takes less than a second


@dataclass(frozen=True, slots=True)
class Service:
    """A process of ours, what it logs to and where it says that it is ready."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    health: str


class Stopped(Exception):  # noqa: N818 - no error: somebody pressed Ctrl-C or ended the service
    """The person has had enough."""


def main(environ: Mapping[str, str]) -> int:
    """Run until stopped; return 0, or 1 with one sentence about what is in the way."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    services: list[Service] = []
    try:
        settings = read_settings(environ)
        page_port = int(environ.get("STREAMLIT_SERVER_PORT", "8501"))
        _prepare(settings, page_port)
        _ingest()
        services += _start(settings, page_port)
        _wait_until_ready(services)
        _say(f"\nSeite:  http://localhost:{page_port}")
        _say(f"Suche:  http://{settings.host}:{settings.port}/docs")
        _say("Beenden mit Strg-C.")
        _watch(services)
    except Stopped:
        _say("\nWird beendet ...")
        return 0
    except (KnowledgeBaseError, OSError, ValueError) as error:
        _say(f"Start nicht möglich: {error}")
        return 1
    finally:
        _end(services)
    return 0


def _prepare(settings: Settings, page_port: int) -> None:
    """Say what would fail later: ports taken, a folder that cannot be written."""
    for port, setting in ((settings.port, "KB_PORT"), (page_port, "STREAMLIT_SERVER_PORT")):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, port))
            except OSError as error:
                message = (
                    f"Der Anschluss {port} ist belegt oder nicht erlaubt ({error.strerror}). "
                    f"Beenden Sie, was dort läuft, oder wählen Sie einen anderen: "
                    f"{setting}={port + 1} make start"
                )
                raise KnowledgeBaseError(message) from error
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        probe_file = settings.data / ".schreibprobe"
        probe_file.touch()
        probe_file.unlink()
    except OSError as error:
        message = f"In {settings.data} fehlt das Schreibrecht ({error.strerror}). Setzen Sie KB_DATA anders."
        raise KnowledgeBaseError(message) from error


def _ingest() -> None:
    """Bring the index to the state of the corpus; some broken sources do not stop the start."""
    code = subprocess.call([sys.executable, "-m", "ingest"], cwd=ROOT)
    if code not in {0, 3}:
        message = "Die Materialien konnten nicht aufgenommen werden; der Grund steht darüber."
        raise KnowledgeBaseError(message)


def _start(settings: Settings, page_port: int) -> list[Service]:
    logs = settings.data / "log"
    logs.mkdir(exist_ok=True)
    api_url = f"http://{settings.host}:{settings.port}"
    page = [
        "streamlit",
        "run",
        "ui/app.py",
        f"--server.port={page_port}",
        f"--server.address={settings.host}",
    ]
    page_url = f"http://{settings.host}:{page_port}"
    return [
        _spawn("Suche", ["search_api"], {}, logs / "api.log", f"{api_url}/health/ready"),
        _spawn("Seite", page, {"KB_API_URL": api_url}, logs / "ui.log", f"{page_url}/_stcore/health"),
    ]


def _spawn(name: str, module: Sequence[str], environ: Mapping[str, str], log: Path, health: str) -> Service:
    """Start a module of Python in a session of its own, so that Ctrl-C reaches only us."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=ROOT,
            env={**os.environ, **environ},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Service(name, process, log, health)


def _wait_until_ready(services: Sequence[Service]) -> None:
    deadline = time.monotonic() + _READY_S
    for service in services:
        while not _answers(service.health):
            _require_alive(service)
            if time.monotonic() > deadline:
                message = f"{service.name} ist nach {_READY_S} s nicht bereit; siehe {service.log}."
                raise KnowledgeBaseError(message)
            time.sleep(_POLL_S)


def _watch(services: Sequence[Service]) -> None:
    while True:
        for service in services:
            _require_alive(service)
        time.sleep(_POLL_S)


def _require_alive(service: Service) -> None:
    if service.process.poll() is not None:
        last = service.log.read_text(errors="replace").strip().splitlines()[-1:] or ["ohne Meldung"]
        message = f"{service.name} hat sich beendet: {last[0]} (mehr in {service.log})"
        raise KnowledgeBaseError(message)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - an address of ours
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _end(services: Sequence[Service]) -> None:
    for service in services:
        service.process.terminate()
    for service in services:
        try:
            service.process.wait(_END_S)
        except subprocess.TimeoutExpired:
            service.process.kill()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(os.environ))
