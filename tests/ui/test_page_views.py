"""Views of the page behind its answers: similar passages, more of them, the words as typed; and in French."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from search_api.schemas import Correction, NewerVersion, SimilarPassages
from search_api.view.languages.french import FRENCH
from search_api.view.languages.german import GERMAN
from tests.search_api.view import samples
from tests.ui.fake_api import FakeApi

APP = str(Path(__file__).parents[2] / "ui" / "app.py")
TEN = [samples.hit(rank=rank) for rank in range(1, 11)]


@pytest.fixture
def page(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("KB_API_URL", api.url)
    return AppTest.from_file(APP, default_timeout=60)


def words(page: AppTest, **parameters: str) -> str:
    page.query_params.update(parameters)
    page.run()
    assert not page.exception
    return "\n".join(element.body for element in page.html)


def test_similar_passages_are_shown_with_the_way_back(api: FakeApi, page: AppTest) -> None:
    api.says("/passages/p1/similar", SimilarPassages(passage_id="p1", hits=TEN[1:3]))
    text = words(page, q="Wer haftet?", kind="faq", aehnlich="p1")
    assert f'<h1 class="titel">{GERMAN.similar}</h1>' in text
    assert text.count('<article class="treffer"') == 2
    assert 'href="?q=Wer+haftet%3F&amp;kind=faq">← Zurück zu den Antworten</a>' in text
    assert api.questions() == []


def test_it_is_said_that_nothing_similar_is_there(api: FakeApi, page: AppTest) -> None:
    api.says("/passages/p1/similar", SimilarPassages(passage_id="p1", hits=[]))
    assert GERMAN.similar_none in words(page, aehnlich="p1")


def test_a_passage_that_is_gone_is_explained(page: AppTest) -> None:
    text = words(page, q="Wer haftet?", aehnlich="weg")
    assert GERMAN.unknown_document in text
    assert GERMAN.similar_none not in text


def test_more_passages_are_offered_asked_for_and_all_open(api: FakeApi, page: AppTest) -> None:
    api.says("/search", samples.answer(*TEN))
    assert f'href="?q=Wer+haftet%3F&amp;mehr=1">{GERMAN.more}</a>' in words(page, q="Wer haftet?")
    assert page.expander[1].label == "Weitere Stellen (5)"
    text = words(page, mehr="1")
    assert api.questions()[-1] == {"q": ["Wer haftet?"], "limit": ["40"]}
    assert len(page.expander) == 1  # the filters
    assert text.count('<article class="treffer"') == 10
    assert GERMAN.more not in text


def test_what_was_put_right_is_said_and_can_be_taken_back(api: FakeApi, page: AppTest) -> None:
    put_right = samples.answer(samples.hit()).model_copy(
        update={"corrections": [Correction(written="Haftplicht", meant="Haft<b>pflicht")]}
    )
    api.says("/search", put_right)
    text = words(page, q="Haftplicht?")
    assert f"{GERMAN.searched_too} Haft&lt;b&gt;pflicht" in text
    assert f'href="?q=Haftplicht%3F&amp;wortgetreu=1">{GERMAN.as_written_only}</a>' in text

    api.says("/search", samples.answer(samples.hit()))
    text = words(page, wortgetreu="1")
    assert api.questions()[-1] == {"q": ["Haftplicht?"], "as_written": ["true"]}
    assert GERMAN.searched_too not in text
    assert f'{GERMAN.as_written} <a href="?q=Haftplicht%3F">{GERMAN.as_written_undone}</a>' in text


def test_an_older_version_leads_to_the_newer_one(api: FakeApi, page: AppTest) -> None:
    newer = NewerVersion(document_id="neu", source="neu.md", title="Merkblatt <2026>")
    api.says(
        "/search", samples.answer(samples.hit(samples.EXPIRED).model_copy(update={"newer_version": newer}))
    )
    text = words(page, q="Wer haftet?", abgelaufene="1")
    assert "abgelaufen seit 31.12.2025" in text
    assert f"{GERMAN.newer_version} " in text
    assert "dokument=neu" in text
    assert "Merkblatt &lt;2026&gt;</a>" in text


def test_the_page_speaks_french_from_the_start_to_a_similar_passage(api: FakeApi, page: AppTest) -> None:
    api.says("/documents", samples.catalogue(samples.DOCUMENT))
    api.says("/search", samples.answer(samples.hit(), verdict="partial"))
    api.says("/passages/p1/similar", SimilarPassages(passage_id="p1", hits=[]))
    text = words(page, lang="fr")
    assert 'document.documentElement.lang = "fr";' in text
    assert FRENCH.promise in text.replace("&#x27;", "'").replace("&#39;", "'")
    assert (page.text_input[0].label, page.button[0].label) == (FRENCH.question_label, FRENCH.search)
    text = words(page, q="Wer haftet?")
    assert FRENCH.verdicts["partial"] in text
    assert page.button(key="dalassen_Wer haftet?").label == FRENCH.leave_question
    assert 'href="?q=Wer+haftet%3F&amp;aehnlich=p1&amp;lang=fr"' in text
    text = words(page, aehnlich="p1")
    assert FRENCH.similar_none in text
    assert f"← {FRENCH.back_to_answers}</a>" in text
