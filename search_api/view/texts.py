"""Every string that the pages say, by name; each language has one table of them in `languages/`.

A new string is a new field of `Texts` and a line in `languages/german.py`, `english.py` and `french.py`.
A table that lacks it is an error for mypy and at import. What is put in stands in braces and has a name:
`"{count} Dokumente"`. What is the same in every language is a constant. Those of the office hour and the
reasons of the funding guide are tables in the table, from `languages/office.py` and `languages/reasons.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.schemas import FitName, Verdict
    from search_api.view.languages import PageLanguage
    from search_api.view.office_texts import OfficeTexts
    from search_api.view.reason_texts import ReasonTexts

NAME: Final = "Partnerschaftslotse"
API_AWAY_COMMAND: Final = "make start"
NOTHING_PUBLISHED_COMMAND: Final = "python -m ingest"
API_LANGUAGE: Final = "de"  # of the sentences that the API says, and of the corpus' own keywords


@dataclass(frozen=True, slots=True)
class Texts:
    """The strings of one language; `own_name` is how it calls itself."""

    language: PageLanguage
    own_name: str

    # Around every page
    to_content: str
    pages: str
    about: str
    languages: str
    search_link: str
    guide_link: str
    accessibility_link: str
    plain_language_link: str
    standing_pages: Mapping[str, str]
    only_in_german: str
    to_start: str

    # The question box and the start
    headline: str
    promise: str
    question_label: str
    question_example: str
    search: str
    searching: str
    ask_first: str
    examples: str
    all_documents: str
    one_document: str
    many_documents: str

    # Filters
    filters: str
    filters_chosen: str
    apply_filters: str
    reset_filters: str
    show_expired: str
    choose: str
    facet_names: Mapping[str, str]
    kinds: Mapping[str, str]
    audiences: Mapping[str, str]

    # Answers
    answers_to: str
    verdicts: Mapping[Verdict, str]
    what_you_can_do: str
    advice_other_words: str
    advice_fewer_filters: str
    advice_contact: str
    advice_office_hours: str
    nearest: str
    more_hits: str
    view_page: str
    page_picture: str
    page_in_file: str
    as_written_only: str
    as_written: str
    as_written_undone: str
    listen_from: str
    watch_from: str
    more: str
    print_view: str
    printed_on: str
    similar: str
    similar_none: str
    whole_passage: str
    searched_too: str
    also_in: str
    newer_version: str

    # Where a passage stands, and the ways there; `{quoted}` is a source's own words
    page: str
    page_of_file: str
    slide: str
    from_time: str
    section: str
    question: str
    open_page: str
    open_original: str
    open_recording: str
    open_recording_at: str
    open_web_page: str
    read_in_context: str
    read_in_document: str
    read_transcript_at: str
    back_to_answers: str

    # Facts of a document
    checked_on: str
    as_of_year: str
    automatic: str
    expired: str
    expired_since: str
    recorded_on: str
    licence: str

    # Facts of a funding sheet
    funder: str
    who_can_apply: str
    amount: str
    amount_between: str
    amount_up_to: str
    amount_from: str
    share: str
    share_up_to: str
    prefinancing: str
    yes: str
    no: str
    deadline: str

    # The funding guide
    guide: str
    guide_promise: str
    guide_applicant: str
    guide_country: str
    guide_purpose: str
    guide_people: str
    guide_amount: str
    guide_advance: str
    guide_show: str
    guide_refused: str
    guide_nothing_said: str
    not_said: str
    applicants: Mapping[str, str]
    purposes: Mapping[str, str]
    fits: Mapping[FitName, str]
    reasons: ReasonTexts
    fulfilled: str
    not_fulfilled: str
    not_known: str

    # When something is not as it should be
    try_again: str
    api_away: str
    api_away_advice: str
    not_ready: str
    not_ready_advice: str
    nothing_published: str
    nothing_published_advice: str
    refused: str
    refused_without_reason: str
    refused_filter: str
    unknown_document: str
    unknown_document_advice: str

    # A question left for the staff
    leave_question: str
    leave_question_promise: str
    question_noted: str
    question_noted_advice: str
    question_noted_removed: str
    question_not_noted: str
    question_refused: str
    question_too_many: str
    question_not_kept: str

    office: OfficeTexts

    def documents_counted(self, count: int) -> str:
        """`1 Dokument`, `3 Dokumente`."""
        return self.one_document if count == 1 else self.many_documents.format(count=count)


def capitalised(word: str) -> str:
    """The first letter large, the rest untouched."""
    return word[:1].upper() + word[1:]
