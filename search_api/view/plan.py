"""What somebody plans, as the URL of the funding guide says it; the names are those of `GET /programmes`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ADVANCE: Final = "advance"


@dataclass(frozen=True, slots=True)
class Plan:
    """The answers to the guide's questions as they were typed, empty where nothing was said."""

    applicant: str = ""
    country: str = ""
    purpose: str = ""
    people: str = ""
    amount: str = ""
    advance: bool = False

    @property
    def asked(self) -> bool:
        """Whether any question was answered."""
        return self != Plan()


def read_plan(parameters: Mapping[str, Sequence[str]]) -> Plan:
    """The plan that query parameters tell; whether the values are possible, the API decides."""
    said = {
        field.name: parameters[field.name][0].strip()
        for field in fields(Plan)
        if field.name != ADVANCE and parameters.get(field.name)
    }
    return Plan(**said, advance=[*parameters.get(ADVANCE, ())][:1] == ["true"])


def write_plan(plan: Plan) -> dict[str, str]:
    """The query parameters of a plan: `read_plan` backwards, and what the API is asked."""
    said = {field.name: str(getattr(plan, field.name)) for field in fields(Plan) if field.name != ADVANCE}
    typed = {name: value for name, value in said.items() if value}
    return {**typed, **({ADVANCE: "true"} if plan.advance else {})}
