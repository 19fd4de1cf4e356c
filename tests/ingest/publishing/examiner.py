"""A gate for tests that are not about what it measures."""

from __future__ import annotations

from ingest.publishing.gate import GateResult


class Examiner:
    """A gate that says what it was told to say, and remembers what it was asked."""

    def __init__(self, result: GateResult = GateResult()) -> None:  # noqa: B008 - frozen
        self.result = result
        self.asked: list[tuple[str, str | None]] = []

    def start(self) -> None:
        pass

    def __call__(self, candidate: str, former: str | None) -> GateResult:
        self.asked.append((candidate, former))
        return self.result
