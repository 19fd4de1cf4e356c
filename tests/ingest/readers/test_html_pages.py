"""How much of real-looking pages is read, and how much else: compare `ingest/readers/html_main.py`."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from index.passage import HeadingLocation
from tests.ingest.readers.saved_pages import PAGES, UNSEEN_PAGES, SavedPage
from tests.ingest.readers.written import read_written, told_words

_ALL = (*PAGES, *UNSEEN_PAGES)
_LEAST_PRECISION = 0.8  # alternative texts, dates and repeated words of table headers count against it


def _words(texts: list[str]) -> Counter[str]:
    return Counter(re.findall(r"\w+", " ".join(texts)))


def _precision_and_recall(page: SavedPage) -> tuple[float, float]:
    document = read_written("a.html", page.markup)
    wanted = _words(page.main_words)
    told = _words(told_words(document))
    extra_title = _words([str(document.extracted["title"])]) - wanted
    shared = (told & wanted).total()
    return shared / (told - extra_title).total(), shared / wanted.total()


@pytest.mark.parametrize("page", _ALL, ids=lambda page: page.name)
def test_nothing_of_the_main_text_is_lost_and_little_else_is_read(page: SavedPage) -> None:
    precision, recall = _precision_and_recall(page)
    assert recall == 1
    assert precision >= _LEAST_PRECISION


def test_answers_stand_under_their_questions_with_their_anchors() -> None:
    document = read_written("a.html", next(page.markup for page in PAGES if page.name.startswith("FAQ")))
    found = {section.heading[-1]: section for section in document.sections if section.heading}
    assert found["Wer zahlt, wenn ein Koffer verloren geht?"].location == HeadingLocation("gepaeck")
    assert found["Wer zahlt, wenn ein Koffer verloren geht?"].heading[-2] == "Versicherung"
    assert found["Darf ich Trinkgeld abrechnen?"].text == "Nein, Trinkgeld wird nicht erstattet."
