"""A search API that says what a test told it, on a real port of this machine."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel

from search_api.schemas import Problem
from tests.ui.fake_cases import FakeCases

if TYPE_CHECKING:
    from collections.abc import Iterator


class FakeApi:
    """Answers by path; `asked` holds path and parameters of every request, `left` the open questions."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.left: list[dict[str, str]] = []
        self.cases = FakeCases()

    def says(self, path: str, body: BaseModel | dict[str, list[str]] | bytes, status: int = 200) -> None:
        if isinstance(body, BaseModel):
            body = body.model_dump_json().encode()
        elif isinstance(body, dict):
            body = json.dumps(body).encode()
        self.answers[path] = (status, body)

    def refuses(self, path: str, status: int, detail: str) -> None:
        self.says(path, Problem(title="Problem", status=status, detail=detail), status)

    def answer(self, target: str, method: str, desk: str, body: bytes) -> tuple[int, bytes]:
        parts = urlsplit(target)
        self.asked.append((parts.path, parse_qs(parts.query)))
        if (method, parts.path) == ("POST", "/open-questions"):
            self.left.append(json.loads(body))
        if parts.path.startswith("/cases") and parts.path not in self.answers:
            return self.cases.answer(method, parts.path, desk, body)
        missing = Problem(title="Not Found", status=404, detail="unbekannt")
        return self.answers.get(parts.path, (404, missing.model_dump_json().encode()))

    def questions(self) -> list[dict[str, list[str]]]:
        return [parameters for path, parameters in self.asked if path == "/search"]


@contextmanager
def running_fake_api() -> Iterator[FakeApi]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server calls
            sent = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status, body = api.answer(self.path, self.command, self.headers.get("X-Desk", ""), sent)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - as above

        def log_message(self, *_: object) -> None:
            """Keeps the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    api = FakeApi(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
