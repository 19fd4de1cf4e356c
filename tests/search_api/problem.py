"""What an error looks like to whoever asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from httpx2 import Response  # what Starlette's test client returns


def detail_of(answer: Response, status: int) -> str:
    """Check that `answer` is a problem document (RFC 9457) and return its sentence."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["type"] == "about:blank"
    assert problem["status"] == status
    assert problem["title"]
    detail = str(problem["detail"])
    assert detail.endswith((".", "!", "?", ")"))
    assert "\n" not in detail
    return detail
