"""The funding guide: three plain questions, then the programmes that fit and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search_api.view import texts
from search_api.view.guide import heading_of, programme_groups
from search_api.view.plan import GUIDE, Plan, read_plan, write_plan
from search_api.view.render import escaped, markdown_escaped, notice
from ui import layout
from ui.client import QuestionRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.schemas import FitName
    from ui.client import SearchClient


def show_guide_page(client: SearchClient) -> None:
    """The questions, and below them the programmes for the answers in the URL."""
    layout.begin()
    st.html(f"<h2>{escaped(texts.GUIDE)}</h2><p>{escaped(texts.GUIDE_PROMISE)}</p>")
    plan = read_plan({name: st.query_params.get_all(name) for name in st.query_params})
    _show_questions(plan)
    if not plan.asked:
        return
    with layout.troubles_shown():
        try:
            found = client.programmes(plan).programmes
        except QuestionRefusedError:
            st.html(notice(texts.REFUSED, texts.GUIDE_REFUSED))
        else:
            _show_groups(programme_groups(found, ""))


def _show_groups(groups: Mapping[FitName, list[str]]) -> None:
    for fit, cards in groups.items():
        title = f"{heading_of(fit)} ({len(cards)})"
        if cards and fit == "no":
            st.expander(title).html("".join(cards))
        elif cards:
            st.html(f"<h2>{escaped(title)}</h2>{''.join(cards)}")


def _show_questions(plan: Plan) -> None:
    with st.form("lotse", border=False):
        applicant = _choice(texts.GUIDE_APPLICANT, texts.APPLICANTS, plan.applicant)
        country = _choice(texts.GUIDE_COUNTRY, texts.countries(), plan.country)
        purpose = _choice(texts.GUIDE_PURPOSE, texts.PURPOSES, plan.purpose)
        people = st.text_input(texts.GUIDE_PEOPLE, plan.people)
        amount = st.text_input(texts.GUIDE_AMOUNT, plan.amount)
        advance = st.checkbox(texts.GUIDE_ADVANCE, plan.advance)
        if st.form_submit_button(texts.GUIDE_SHOW, type="primary", width="stretch"):
            said = Plan(applicant, country, purpose, people.strip(), amount.strip(), advance)
            if not said.asked:
                st.html(f'<p role="alert"><b>{escaped(texts.GUIDE_NOTHING_SAID)}</b></p>')
            elif said != plan:
                st.query_params.from_dict({layout.VIEW: GUIDE, **write_plan(said)})
                st.rerun()


def _choice(question: str, options: Mapping[str, str], chosen: str) -> str:
    values = ["", *options]
    index = values.index(chosen) if chosen in values else 0
    words = {value: markdown_escaped(options.get(value, texts.NOT_SAID)) for value in values}
    picked = st.selectbox(question, values, index, format_func=words.__getitem__)
    return str(picked)
