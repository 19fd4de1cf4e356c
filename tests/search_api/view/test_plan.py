"""A plan survives the URL, whatever was typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search_api.view.plan import Plan, read_plan, write_plan

TYPED = st.text().map(str.strip)
PLANS = st.builds(Plan, TYPED, TYPED, TYPED, TYPED, TYPED, st.booleans())


@given(PLANS)
def test_a_plan_survives_the_url(plan: Plan) -> None:
    assert read_plan({name: [value] for name, value in write_plan(plan).items()}) == plan


def test_nothing_said_is_no_plan() -> None:
    assert not read_plan({"applicant": [""], "seite": ["foerderlotse"], "advance": ["vielleicht"]}).asked
    assert read_plan({"advance": ["true"]}).asked
