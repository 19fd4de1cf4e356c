"""The funding guide: three plain questions, then the programmes that fit and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search_api.view.address import write_language
from search_api.view.desk import VIEW
from search_api.view.guide import programme_groups
from search_api.view.languages import texts_in
from search_api.view.markup import escaped, markdown_escaped
from search_api.view.names import countries
from search_api.view.plan import GUIDE, Plan, read_plan, write_plan
from search_api.view.render import notice
from ui import layout
from ui.client import QuestionRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.schemas import FitName
    from search_api.view.address import Address
    from search_api.view.texts import Texts
    from ui.client import SearchClient


def show_guide_page(client: SearchClient, address: Address) -> None:
    """The questions, and below them the programmes for the answers in the URL."""
    texts = texts_in(address.language)
    layout.begin(texts)
    st.html(f"<h2>{escaped(texts.guide)}</h2><p>{escaped(texts.guide_promise)}</p>")
    plan = read_plan({name: st.query_params.get_all(name) for name in st.query_params})
    _show_questions(texts, plan)
    if not plan.asked:
        return
    with layout.troubles_shown(texts):
        try:
            found = client.programmes(plan).programmes
        except QuestionRefusedError:
            st.html(notice(texts, texts.refused, texts.guide_refused))
        else:
            _show_groups(texts, programme_groups(texts, found, ""))


def _show_groups(texts: Texts, groups: Mapping[FitName, list[str]]) -> None:
    for fit, cards in groups.items():
        title = f"{texts.fits[fit]} ({len(cards)})"
        if cards and fit == "no":
            st.expander(title).html("".join(cards))
        elif cards:
            st.html(f"<h2>{escaped(title)}</h2>{''.join(cards)}")


def _show_questions(texts: Texts, plan: Plan) -> None:
    with st.form("lotse", border=False):
        applicant = _choice(texts, texts.guide_applicant, texts.applicants, plan.applicant)
        country = _choice(texts, texts.guide_country, countries(texts), plan.country)
        purpose = _choice(texts, texts.guide_purpose, texts.purposes, plan.purpose)
        people = st.text_input(texts.guide_people, plan.people)
        amount = st.text_input(texts.guide_amount, plan.amount)
        advance = st.checkbox(texts.guide_advance, plan.advance)
        if st.form_submit_button(texts.guide_show, type="primary", width="stretch"):
            said = Plan(applicant, country, purpose, people.strip(), amount.strip(), advance)
            if not said.asked:
                st.html(f'<p role="alert"><b>{escaped(texts.guide_nothing_said)}</b></p>')
            elif said != plan:
                spoken = write_language(texts.language)
                st.query_params.from_dict({VIEW: GUIDE, **spoken, **write_plan(said)})
                st.rerun()


def _choice(texts: Texts, question: str, options: Mapping[str, str], chosen: str) -> str:
    values = ["", *options]
    index = values.index(chosen) if chosen in values else 0
    words = {value: markdown_escaped(options.get(value, texts.not_said)) for value in values}
    picked = st.selectbox(question, values, index, format_func=words.__getitem__)
    return str(picked)
