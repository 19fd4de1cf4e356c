"""Files as answers, whole or in parts; where there is no such part, a problem document says so."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.responses import FileResponse
from starlette.datastructures import Headers

from search_api.originals import file_headers, media_type
from search_api.problems import problem

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Message, Receive, Scope, Send

_SENTENCES = {
    HTTPStatus.BAD_REQUEST: "Die Angabe »Range« ist nicht lesbar; richtig ist zum Beispiel »bytes=0-99«.",
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: (
        "Diesen Teil hat die Datei nicht. Bitte fragen Sie ohne »Range« nach der ganzen."
    ),
}


class _RefusedError(Exception):
    """No part is sent, for what the client asked for."""

    def __init__(self, status: HTTPStatus, size: str | None) -> None:
        super().__init__(status)
        self.status = status
        self.size = size


class FileInParts(FileResponse):
    """A file to be shown in the browser, where it can't run or load anything."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            media_type=media_type(path),
            filename=path.name,
            content_disposition_type="inline",
            headers=file_headers(path),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file or its part, or why not: Starlette says that in English and as plain text."""

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _SENTENCES:
                size = Headers(raw=message["headers"]).get("content-range")
                raise _RefusedError(HTTPStatus(message["status"]), size)
            await send(message)

        try:
            await super().__call__(scope, receive, watched)
        except _RefusedError as refused:
            answer = problem(refused.status, _SENTENCES[refused.status])
            if refused.size is not None:
                answer.headers["Content-Range"] = refused.size
            await answer(scope, receive, send)
