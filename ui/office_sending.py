"""What leaves the desk: the folder as a file or as the text of a mail, and the release as a source."""

from __future__ import annotations

from dataclasses import dataclass
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
_REFUSED: Final = "sprechstunde_nicht_freigegeben"
_TITLE: Final = "freigabe_titel_"  # the case's id follows: what is typed and ticked belongs to one case
_CONFIRMED: Final = "bestaetigt_"


@dataclass(frozen=True, slots=True)
class _Text:
    """What a release would publish: the case as it is at this revision, under this title."""

    case_id: str
    revision: int
    title: str


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why this text was not released."""

    text: _Text
    reason: CaseRefusedError


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
        st.html(
            f"<p><b>{escaped(words.released)}</b> {said_by_api(texts, case.released)}</p>"
            f"<p>{escaped(words.found_later)}</p>"
        )
        return
    with st.expander(words.release, key="freigabe"):
        st.html(f"<p>{escaped(words.release_promise)}</p>")
        st.text_input(words.release_title, key=_TITLE + case.id, max_chars=MAX_TITLE)
        _show_refusal(texts, case)
        st.button(words.release_now, key="freigeben", on_click=_release, args=(client, desk.key, case))


def _show_refusal(texts: Texts, case: Case) -> None:
    """Why the case was not released, with a box to confirm that nobody private is meant where one may."""
    refused = _refused(case.id)
    if refused is None:
        return
    findings = refused.reason.findings
    st.html(findings_notice(texts, refused.reason.detail, findings))
    if not confirmable(findings):
        return
    if refused.text == _text(case):
        st.checkbox(texts.office.confirm, key=_CONFIRMED + case.id)
    else:
        st.html(f'<p role="status"><b>{escaped(texts.office.changed_since)}</b></p>')


def _refused(case_id: str) -> _Refused | None:
    refused = st.session_state.get(_REFUSED)
    return refused if isinstance(refused, _Refused) and refused.text.case_id == case_id else None


def _text(case: Case) -> _Text:
    return _Text(case.id, case.revision, str(st.session_state.get(_TITLE + case.id) or ""))


def _release(client: CasesClient, desk: str, drawn: Case) -> None:
    text, reason = _text(drawn), None
    try:
        text = _text(client.case(desk, drawn.id))  # another window may have changed it since it was drawn
        client.release(desk, drawn.id, _wanted(text))
    except CaseRefusedError as error:
        reason = error
    except ServiceError:
        reason = CaseRefusedError("")
    st.session_state[_REFUSED] = _Refused(text, reason) if reason else None
    st.session_state[_CONFIRMED + drawn.id] = False


def _wanted(text: _Text) -> Release:
    """The release of a text, confirmed if the box was ticked under what was found in this very text."""
    refused = _refused(text.case_id)
    seen = refused is not None and refused.text == text
    ticked = bool(st.session_state.get(_CONFIRMED + text.case_id))
    title = text.title or " "  # the API says what is wrong with an empty one
    return Release(title=title, confirmed=seen and ticked)
