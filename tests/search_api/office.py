"""An office hour in a test's house: a desk, and cases made of what the search really finds."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from httpx2 import Response  # what Starlette's test client returns

    from tests.search_api.house import House

QUESTION = "Wer bezahlt den Bus?"
ANSWER = "Den Bus bezahlt zuerst der Verein.\n\nDie Hälfte kommt später von der Stadt zurück."


class Office:
    """A consultant at a desk; without a `desk` at a new one."""

    def __init__(self, house: House, desk: str | None = None) -> None:
        self.house = house
        self.desk = desk or str(uuid.uuid4())

    def send(self, method: str, path: str = "", **more: Any) -> Response:  # noqa: ANN401 - of the client
        return self.house.client.request(method, f"/cases{path}", headers={"X-Desk": self.desk}, **more)

    def pins(self, question: str = QUESTION, most: int = 2, **parameters: object) -> list[dict[str, Any]]:
        """Return the first hits of a question as a page pins them: whole, with an empty note."""
        hits = self.house.search(question, **parameters).json()["hits"][:most]
        assert hits
        return [{**hit, "note": ""} for hit in hits]

    def content(self, **different: object) -> dict[str, Any]:
        return {"questions": [QUESTION], "answer": ANSWER, "pins": self.pins(), **different}

    def new_case(self, **different: object) -> dict[str, Any]:
        answer = self.send("POST", json=self.content(**different))
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def case(self, case_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.send("GET", f"/{case_id}").json()
        return found

    def listed(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.send("GET").json()["cases"]
        return found

    def release(self, case_id: str, title: str = "Wer den Bus bezahlt", **more: object) -> Response:
        return self.send("POST", f"/{case_id}/release", json={"title": title, **more})


def changed(case: dict[str, Any], **different: object) -> dict[str, Any]:
    """Return what a page sends to change a case that it has read."""
    return {name: case[name] for name in ("questions", "answer", "pins", "revision")} | different
