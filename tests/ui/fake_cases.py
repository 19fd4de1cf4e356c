"""Cases as the API keeps them, in memory: by desk, with revisions, released once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from search_api.schemas import (
    Case,
    CaseChange,
    CaseContent,
    CaseList,
    CaseSummary,
    Finding,
    PersonalDataProblem,
    Problem,
    Release,
    Released,
)

NOW = datetime(2026, 11, 26, 16, 40, tzinfo=UTC)
CHANGED_ELSEWHERE = "Der Fall wurde inzwischen in einem anderen Fenster geändert."
SOURCE = "beratung/2026-11-26-bus.md"


class FakeCases:
    """`kept` are the cases of each desk; `findings` stand against a release until it is confirmed."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Case]] = {}
        self.findings: list[Finding] = []
        self.released: list[Release] = []

    def put(self, desk: str, content: CaseContent) -> Case:
        """A new case on a desk."""
        number = sum(len(cases) for cases in self.kept.values()) + 1
        title = content.questions[0] if content.questions else "Neuer Fall"
        case = Case(
            id=str(UUID(int=number)), title=title, created=NOW, changed=NOW, revision=1, released=None,
            **dict(content),
        )  # fmt: skip
        self.kept.setdefault(desk, {})[case.id] = case
        return case

    def change(self, desk: str, case: Case, **fields: object) -> Case:
        """A change by another window, say."""
        changed = case.model_copy(update={**fields, "revision": case.revision + 1})
        self.kept[desk][case.id] = changed
        return changed

    def answer(self, method: str, path: str, desk: str, body: bytes) -> tuple[int, bytes]:
        """Status and body of a request; `path` begins with `/cases`."""
        case_id, _, rest = path.removeprefix("/cases").removeprefix("/").partition("/")
        if not case_id:
            return self._desk(method, desk, body)
        case = self.kept.get(desk, {}).get(case_id)
        if case is None:
            return _problem(404, "Diesen Fall gibt es auf Ihrem Tisch nicht (mehr).")
        if rest.startswith("folder."):
            return 200, f"Mappe {rest}: {len(case.pins)} Fundstellen".encode()
        if rest == "release":
            return self._release(desk, case, Release.model_validate_json(body))
        return self._case(method, desk, case, body)

    def _desk(self, method: str, desk: str, body: bytes) -> tuple[int, bytes]:
        if method == "POST":
            return 201, self.put(desk, CaseContent.model_validate_json(body)).model_dump_json().encode()
        cases = [*self.kept.get(desk, {}).values()]
        listed = [_summary(case) for case in cases]
        return 200, CaseList(cases=listed).model_dump_json().encode()

    def _case(self, method: str, desk: str, case: Case, body: bytes) -> tuple[int, bytes]:
        if method == "DELETE":
            del self.kept[desk][case.id]
            return 204, b""
        if method == "PUT":
            change = CaseChange.model_validate_json(body)
            if change.revision != case.revision:
                return _problem(409, CHANGED_ELSEWHERE)
            case = self.change(desk, case, questions=change.questions, answer=change.answer, pins=change.pins)
        return 200, case.model_dump_json().encode()

    def _release(self, desk: str, case: Case, release: Release) -> tuple[int, bytes]:
        self.released.append(release)
        if not release.title.strip():
            return _problem(422, "Bitte geben Sie der neuen Quelle einen Titel.")
        if self.findings and not (release.confirmed and all(each.confirmable for each in self.findings)):
            told = PersonalDataProblem(title="", status=422, detail="Angaben", findings=self.findings)
            return 422, told.model_dump_json().encode()
        self.change(desk, case, released=SOURCE)
        return 201, Released(source=SOURCE, detail="Die Antwort liegt im Bestand.").model_dump_json().encode()


def _summary(case: Case) -> CaseSummary:
    counted = {"questions": len(case.questions), "pins": len(case.pins)}
    return CaseSummary(**{**case.model_dump(), **counted})


def _problem(status: int, detail: str) -> tuple[int, bytes]:
    return status, Problem(title="Problem", status=status, detail=detail).model_dump_json().encode()
