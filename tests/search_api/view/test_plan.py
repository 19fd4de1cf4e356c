"""A plan survives the URL, whatever was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.view.plan import Plan, read_plan, wanted, write_plan

TYPED = st.text().map(str.strip)
PLANS = st.builds(Plan, TYPED, TYPED.map(str.lower), TYPED, TYPED, TYPED, st.booleans())


@given(PLANS)
def test_a_plan_survives_the_url(plan: Plan) -> None:
    assert read_plan({name: [value] for name, value in write_plan(plan).items()}) == plan


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1500", "1500"),
        ("1.500", "1500"),
        ("1.500 €", "1500"),
        ("1.234.567,50 Euro", "1234567.50"),
        ("5000,5", "5000.5"),
        ("1.5", "1.5"),
        ("1,500", "1500"),
        ("1,234,567.50 euros", "1234567.50"),
        ("1\N{NARROW NO-BREAK SPACE}500 €", "1500"),
        ("viel", "viel"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, read: str) -> None:
    assert wanted(Plan(amount=typed, people=typed)) == {"amount": read, "people": read}


def test_nothing_said_is_no_plan() -> None:
    assert not read_plan({"applicant": [""], "seite": ["foerderlotse"], "advance": ["vielleicht"]}).asked
    assert read_plan({"advance": ["true"]}).asked
