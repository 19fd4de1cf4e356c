"""The view of what else says something like a passage, with the way back to the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search_api.view.languages import texts_in
from search_api.view.links import way_back
from search_api.view.markup import escaped, link_row
from search_api.view.render import hit_card, notice
from ui import layout
from ui.client import QuestionRefusedError

if TYPE_CHECKING:
    from search_api.view.address import Address
    from ui.client import SearchClient


def show_similar_page(client: SearchClient, address: Address, passage_id: str, files: str) -> None:
    """The passages nearest in meaning to the one that the address names."""
    texts = texts_in(address.language)
    layout.begin(texts, "p")
    st.html(link_row([way_back(address)]) + f'<h1 class="titel">{escaped(texts.similar)}</h1>')
    with layout.troubles_shown(texts):
        try:
            hits = client.similar(passage_id).hits
        except QuestionRefusedError:
            st.html(notice(texts, texts.unknown_document, texts.unknown_document_advice))
        else:
            cards = "".join(hit_card(hit, address, files) for hit in hits)
            st.html(cards or f"<p>{escaped(texts.similar_none)}</p>")
