"""The page's entry point: `streamlit run ui/app.py`, with the API's address in `KB_API_URL`."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import streamlit as st

from search_api.view.address import files_base
from search_api.view.desk import OFFICE, VIEW
from search_api.view.plan import GUIDE
from search_api.view.texts import NAME
from ui.cases_client import CasesClient
from ui.client import SearchClient
from ui.guide_page import show_guide_page
from ui.layout import current_address
from ui.office_page import Office, show_office_page
from ui.reading_page import show_reading_page
from ui.search_page import show_search_page
from ui.similar_page import show_similar_page

ICON = str(Path(__file__).with_name("icon.png"))
DEFAULT_API_URL = "http://127.0.0.1:8000"


@st.cache_resource(show_spinner=False)
def search_client(api_url: str) -> SearchClient:
    """One client, and with it one pool of connections, for all readers."""
    return SearchClient(api_url)


@st.cache_resource(show_spinner=False)
def cases_client(api_url: str) -> CasesClient:
    """One client for the cases of all desks: it keeps none of them."""
    return CasesClient(api_url)


def show(api_url: str, contact: str) -> None:
    """Shows the view that the URL asks for."""
    address, view = current_address(), st.query_params.get(VIEW)
    in_office = view == OFFICE and not address.document and not address.similar
    st.set_page_config(page_title=NAME, page_icon=ICON, layout="wide" if in_office else "centered")
    client, files = search_client(api_url), files_base(st.context.url, api_url)
    if view == GUIDE:
        show_guide_page(client, address)
    elif address.document:
        show_reading_page(client, address, address.document, files)
    elif address.similar:
        show_similar_page(client, address, address.similar, files)
    elif in_office:
        show_office_page(Office(client, cases_client(api_url), files, contact), address, uuid4)
    else:
        show_search_page(client, address, files, contact)


show(os.environ.get("KB_API_URL") or DEFAULT_API_URL, os.environ.get("KB_CONTACT") or "")
