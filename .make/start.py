"""`make start`: ingest the corpus, serve API and page, end both on Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError
from index.listening import address_of, require_free
from index.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType

ROOT = Path(__file__).parent.parent
_READY_S = 180  # a cold disk on a small machine takes a minute to load torch
_POLL_S = 0.2
_END_S = 10  # a request takes less than a second
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, kill, a closed window


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
    for number in _ENDINGS:
        signal.signal(number, _stop)
    services: list[Service] = []
    try:
        settings = read_settings(environ)
        page_port = _page_port(environ)
        _prepare(settings, page_port)
        _ingest(settings, environ)
        services.append(_start_api(settings, environ))
        services.append(_start_page(settings, environ, page_port))
        _wait_until_ready(services)
        _say(f"\nSeite:  http://localhost:{page_port}")
        _say(f"Suche:  {address_of(settings.host, settings.port)}/openapi.json")
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


def read_env_file(path: Path) -> dict[str, str]:
    """Return the lines NAME=value of a file, without comments and quotes; none if there is no file."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#")]
    return {name.strip(): value.strip().strip("\"'") for name, value in pairs}


def _page_port(environ: Mapping[str, str]) -> int:
    port = environ.get("STREAMLIT_SERVER_PORT") or "8501"
    if not port.isdigit():
        message = f"STREAMLIT_SERVER_PORT muss eine Zahl sein, nicht »{port}«."
        raise KnowledgeBaseError(message)
    return int(port)


def _prepare(settings: Settings, page_port: int) -> None:
    """Say what would fail later: ports taken, a folder that cannot be written."""
    require_free(settings.host, settings.port, "KB_PORT")
    require_free(settings.host, page_port, "STREAMLIT_SERVER_PORT")
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        probe = settings.data / ".schreibprobe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        message = f"In {settings.data} fehlt das Schreibrecht ({error.strerror}). Setzen Sie KB_DATA anders."
        raise KnowledgeBaseError(message) from error


def _ingest(settings: Settings, environ: Mapping[str, str]) -> None:
    """Bring the index to the state of the corpus; if that fails, what was published before can serve."""
    code = subprocess.call([sys.executable, "-m", "ingest"], cwd=ROOT, env=dict(environ))
    serves = settings.qdrant_url is not None or (settings.data / "index" / "current").exists()
    if code not in {0, 3} and not serves:
        message = "Die Materialien konnten nicht aufgenommen werden; der Grund steht darüber."
        raise KnowledgeBaseError(message)


def _start_api(settings: Settings, environ: Mapping[str, str]) -> Service:
    health = f"{address_of(settings.host, settings.port)}/health/ready"
    return _spawn("Suche", ["search_api"], environ, settings.data / "log" / "api.log", health)


def _start_page(settings: Settings, environ: Mapping[str, str], port: int) -> Service:
    """Start the page; it asks the API started here, whatever KB_API_URL says."""
    page = ["streamlit", "run", "ui/app.py", f"--server.port={port}", f"--server.address={settings.host}"]
    own = {**environ, "KB_API_URL": address_of(settings.host, settings.port)}
    health = f"{address_of(settings.host, port)}/_stcore/health"
    return _spawn("Seite", page, own, settings.data / "log" / "ui.log", health)


def _spawn(name: str, module: Sequence[str], environ: Mapping[str, str], log: Path, health: str) -> Service:
    """Start a module of Python in a session of its own, so that Ctrl-C reaches only us."""
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=ROOT,
            env=dict(environ),
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
    """End all services; a second Ctrl-C changes nothing, they get their time."""
    for number in _ENDINGS:
        signal.signal(number, signal.SIG_IGN)
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
    sys.exit(main({**read_env_file(ROOT / ".env"), **os.environ}))
