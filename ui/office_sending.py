"""What leaves the desk: the folder as a file or as the text of a mail, and the release as a source."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from search_api.schemas import Release
from search_api.schemas.cases import MAX_TITLE
from search_api.view.markup import escaped, said_by_api
from search_api.view.office import confirmable, findings_notice
from search_api.view.render import notice
from ui.cases_client import CaseRefusedError
from ui.client import ServiceError

if TYPE_CHECKING:
    from search_api.schemas import Case
    from search_api.view.desk import Desk
    from search_api.view.texts import Texts
    from ui.cases_client import CasesClient

_MEDIA_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown",
    "txt": "text/plain",
}
_REFUSED: Final = "sprechstunde_nicht_freigegeben"  # the case, and why it was not released
_TITLE: Final = "freigabe_titel"
_CONFIRMED: Final = "bestaetigt"


def show_folder(client: CasesClient, texts: Texts, desk: Desk, case: Case) -> None:
    """A button for each format; the API writes the file when one is pressed. Raises `ServiceError`."""
    words = texts.office
    st.html(f"<h3>{escaped(words.folder)}</h3><p>{escaped(words.folder_promise)}</p>")
    with st.container(key="mappe", horizontal=True):
        for name, label in words.formats.items():
            st.download_button(
                label,
                partial(client.folder, desk.key, case.id, name),
                file_name=f"antwortmappe-{case.changed:%Y-%m-%d}.{name}",
                mime=_MEDIA_TYPES[name],
                key=f"mappe_{name}",
                on_click="ignore",
            )
    if st.toggle(words.show_mail, key="mailtext"):
        try:
            mail = client.folder(desk.key, case.id, "txt").decode("utf-8-sig")
        except CaseRefusedError as error:
            st.html(notice(texts, words.unread, told=error.detail))
        else:
            st.code(mail, language=None, wrap_lines=True)


def show_release(client: CasesClient, texts: Texts, desk: Desk, case: Case) -> None:
    """The release with its title and what stands against it, or what came of it. Raises `ServiceError`."""
    words = texts.office
    if case.released:
        st.html(f"<p><b>{escaped(words.released)}</b> {said_by_api(texts, case.released)}</p>")
        return
    with st.expander(words.release, key="freigabe"):
        st.html(f"<p>{escaped(words.release_promise)}</p>")
        st.text_input(words.release_title, key=_TITLE, max_chars=MAX_TITLE)
        _show_refusal(texts, case)
        st.button(words.release_now, key="freigeben", on_click=_release, args=(client, desk.key, case.id))


def _show_refusal(texts: Texts, case: Case) -> None:
    """Why the case was not released, with a box to confirm that nobody private is meant where one may."""
    case_id, refusal = st.session_state.get(_REFUSED) or ("", None)
    if refusal is None or case_id != case.id:
        return
    st.html(findings_notice(texts, refusal.detail, refusal.findings))
    if confirmable(refusal.findings):
        st.checkbox(texts.office.confirm, key=_CONFIRMED)


def _release(client: CasesClient, desk: str, case_id: str) -> None:
    title = str(st.session_state[_TITLE] or "") or " "  # the API says what is wrong with an empty one
    release = Release(title=title, confirmed=bool(st.session_state.get(_CONFIRMED)))
    st.session_state[_REFUSED] = None
    try:
        client.release(desk, case_id, release)
    except CaseRefusedError as error:
        st.session_state[_REFUSED] = (case_id, error)
    except ServiceError:
        st.session_state[_REFUSED] = (case_id, CaseRefusedError(""))
