"""What somebody plans, as the URL of the funding guide says it; the names are those of `GET /programmes`."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ADVANCE: Final = "advance"
_NUMBERS: Final = frozenset({"people", "amount"})
GUIDE: Final = "foerderlotse"  # the guide's address, and its name among the views of a page


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
    if "country" in said:
        said["country"] = said["country"].lower()
    return Plan(**said, advance=[*parameters.get(ADVANCE, ())][:1] == ["true"])


def wanted(plan: Plan) -> dict[str, str]:
    """What `GET /programmes` is asked for a plan: numbers as it reads them, `1.500 €` becomes `1500`."""
    said = write_plan(plan)
    return {name: plain_number(value) if name in _NUMBERS else value for name, value in said.items()}


def plain_number(typed: str) -> str:
    """A number as people write it without blanks, marks of thousands and the currency.

    Three digits after a point or a comma are thousands in every page language: nobody plans with mills.
    """
    bare = re.sub(r"\s|€|euros?", "", typed, flags=re.IGNORECASE)
    return re.sub(r"[.,](?=\d{3}(\D|$))", "", bare).replace(",", ".")


def write_plan(plan: Plan) -> dict[str, str]:
    """The query parameters of a plan: `read_plan` backwards."""
    said = {field.name: str(getattr(plan, field.name)) for field in fields(Plan) if field.name != ADVANCE}
    typed = {name: value for name, value in said.items() if value}
    return {**typed, **({ADVANCE: "true"} if plan.advance else {})}
