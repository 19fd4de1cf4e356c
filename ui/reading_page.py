"""The view that opens a document at a place, with the way back to the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search_api.view.languages import texts_in
from search_api.view.links import way_back
from search_api.view.markup import link_row
from search_api.view.reading import document_head, document_text
from search_api.view.render import notice
from ui import layout
from ui.client import QuestionRefusedError

if TYPE_CHECKING:
    from search_api.view.address import Address
    from ui.client import SearchClient


def show_reading_page(client: SearchClient, address: Address, document_id: str, files: str) -> None:
    """The document with all its passages, moved to the one the address asks for."""
    texts = texts_in(address.language)
    layout.begin(texts, "p")
    back = link_row([way_back(address)])
    st.html(back)
    with layout.troubles_shown(texts):
        try:
            with st.spinner(texts.searching):
                detail = client.document(document_id)
        except QuestionRefusedError:
            st.html(notice(texts, texts.unknown_document, texts.unknown_document_advice))
        else:
            st.html(document_head(texts, detail.document, files))
            st.html(document_text(detail, address, files) + back)
            layout.scroll_to_wanted_passage()
