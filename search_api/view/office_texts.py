"""Every string that the office hour says, by name; `languages/office.py` has a table for each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.schemas import FormatName


@dataclass(frozen=True, slots=True)
class OfficeTexts:
    """The strings of the office hour in one language."""

    # The desk
    link: str
    new_window: str
    headline: str
    bookmark: str
    have_bookmark: str
    broken_bookmark: str
    broken_bookmark_advice: str
    new_desk: str
    keys: str
    use_keys: str

    # Cases
    open_case: str
    case_line: str
    empty_case: str
    untitled: str
    new_case: str
    delete_case: str
    delete_sure: str
    delete_now: str
    keep_case: str
    back_to_case: str
    questions: str
    drop_question: str

    # What is pinned
    pin: str
    unpin: str
    pins: str
    no_pins: str
    full: str
    note: str
    move_up: str
    move_down: str
    take_off: str
    taken_off: str
    put_back: str
    answer: str
    saved_by_itself: str

    # The folder that is sent
    folder: str
    folder_promise: str
    formats: Mapping[FormatName, str]
    show_mail: str

    # The release as a source
    release: str
    release_promise: str
    release_title: str
    release_now: str
    released: str
    found_later: str
    not_released: str
    findings: str
    findings_to_mend: str
    confirm: str
    changed_since: str

    # When something could not be saved
    changed_elsewhere: str
    changed_elsewhere_advice: str
    not_saved: str
    not_saved_advice: str
    typed: str
    save_again: str
    drop_change: str
    not_deleted: str
    unread: str
    unknown_case: str
    unknown_case_advice: str
