"""The page as Streamlit draws it, against a search API on a real port."""

import socket
from pathlib import Path

import pytest
from lxml.html import fragment_fromstring
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from search_api.schemas import Correction, NotedQuestion, SearchResponse, Verdict
from search_api.view.languages.english import ENGLISH
from search_api.view.languages.german import GERMAN
from tests.search_api.view import samples
from tests.ui.fake_api import FakeApi

APP = str(Path(__file__).parents[2] / "ui" / "app.py")
FACETS = {"kind": {"faq": 3, "handbuch": 5}, "country": {"fr": 2}, "year": {"2021": 1, "2026": 7}}


@pytest.fixture
def page(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("KB_API_URL", api.url)
    return AppTest.from_file(APP, default_timeout=60)


def opened(page: AppTest, **parameters: str | list[str]) -> AppTest:
    page.query_params.update(parameters)
    page.run()
    assert not page.exception
    return page


def words(page: AppTest) -> str:
    return "\n".join(element.body for element in page.html)


def answers(api: FakeApi, answer: SearchResponse) -> None:
    api.says("/search", answer)


def test_the_start_page_introduces_and_offers_examples(api: FakeApi, page: AppTest) -> None:
    api.says("/documents", samples.catalogue(samples.DOCUMENT, samples.EXPIRED))
    api.says("/examples", samples.examples(Recht=["Wer [haftet](javascript:1)?"]))
    opened(page)
    assert "in Ihren eigenen Worten" in words(page)
    assert page.expander[0].label == "Alle Dokumente ansehen (2 Dokumente)"
    assert (
        page.button(key="beispiel_Wer [haftet](javascript:1)?").label == r"Wer \[haftet\]\(javascript\:1\)?"
    )


def test_the_start_page_does_without_examples(api: FakeApi, page: AppTest) -> None:
    api.says("/documents", samples.catalogue(samples.DOCUMENT))
    opened(page)
    assert "Beispiele" not in words(page)
    assert [button.label for button in page.button] == ["Suchen"]


def test_an_example_is_asked_by_a_tap(api: FakeApi, page: AppTest) -> None:
    api.says("/documents", samples.catalogue(samples.DOCUMENT))
    api.says("/examples", samples.examples(Recht=["Wer haftet?"]))
    answers(api, samples.answer(samples.hit()))
    opened(page).button(key="beispiel_Wer haftet?").click().run()
    assert page.query_params == {"q": "Wer haftet?"}
    assert page.text_input[0].value == "Wer haftet?"
    assert samples.SENTENCE in words(page)


def test_a_typed_question_goes_into_the_url_and_is_answered(api: FakeApi, page: AppTest) -> None:
    api.says("/documents", samples.catalogue(samples.DOCUMENT))
    answers(api, samples.answer(samples.hit()))
    opened(page).text_input[0].input("  Wer haftet?  ")
    page.button[0].click().run()
    assert page.query_params == {"q": "Wer haftet?"}
    assert api.questions() == [{"q": ["Wer haftet?"]}]
    assert "Das beantwortet Ihre Frage." in words(page)
    assert f"<mark>{samples.SENTENCE}</mark>" in words(page)


def test_an_empty_question_is_asked_for(api: FakeApi, page: AppTest) -> None:
    api.says("/documents", samples.catalogue(samples.DOCUMENT))
    opened(page).text_input[0].input("   ")
    page.button[0].click().run()
    assert "Bitte geben Sie zuerst eine Frage ein." in words(page)
    assert api.questions() == []
    assert "Bitte geben Sie zuerst" not in words(page.run())


def test_a_bookmarked_answer_opens_with_its_filters(api: FakeApi, page: AppTest) -> None:
    answers(api, samples.answer(samples.hit(), verdict="partial", facets=FACETS))
    opened(page, q="Wer haftet?", kind=["faq", "handbuch"], year="2026", abgelaufene="1")
    wanted = {
        "q": ["Wer haftet?"],
        "kind": ["faq", "handbuch"],
        "year": ["2026"],
        "include_expired": ["true"],
    }
    assert api.questions() == [wanted]
    assert "Das hilft vielleicht weiter" in words(page)
    assert page.expander[0].label == "Antworten eingrenzen (3 gewählt)"
    assert page.pills(key="filter_kind").value == ["faq", "handbuch"]
    assert page.toggle[0].value is True


def test_filters_have_german_names_and_counts(api: FakeApi, page: AppTest) -> None:
    answers(api, samples.answer(samples.hit(), facets=FACETS))
    opened(page, q="Wer haftet?", country="pl")
    options = {pills.label: [option.content for option in pills.proto.options] for pills in page.pills}
    assert options == {
        "Art der Quelle": [r"Handbuch \(5\)", r"Häufige Fragen \(3\)"],
        "Land": [r"Frankreich \(2\)", "Polen"],
        "Jahr": [r"2026 \(7\)", r"2021 \(1\)"],
    }


def test_choosing_and_resetting_a_filter_changes_url_and_search(api: FakeApi, page: AppTest) -> None:
    answers(api, samples.answer(samples.hit(), facets=FACETS))
    opened(page, q="Wer haftet?").pills(key="filter_kind").select("faq").run()
    assert page.query_params == {"q": "Wer haftet?", "kind": "faq"}
    assert api.questions()[-1] == {"q": ["Wer haftet?"], "kind": ["faq"]}
    page.button(key="filter_reset").click().run()
    assert page.query_params == {"q": "Wer haftet?"}
    assert page.pills(key="filter_kind").value == []


def test_many_values_come_as_a_list(api: FakeApi, page: AppTest) -> None:
    countries = dict.fromkeys("at be bg ch cz dk es fi fr gb gr hu it".split(), 1)
    answers(api, samples.answer(samples.hit(), facets={"country": countries}))
    opened(page, q="Wer haftet?").multiselect(key="filter_country").select("at").run()
    assert page.query_params == {"q": "Wer haftet?", "country": "at"}


@pytest.mark.parametrize(
    ("verdict", "wanted"),
    [
        ("answered", "verdict first searched filters second"),
        ("partial", "verdict first searched leave filters second"),
        ("none", "verdict searched leave filters first second"),
    ],
)
def test_the_first_answer_stands_before_everything_about_it(
    api: FakeApi, page: AppTest, verdict: Verdict, wanted: str
) -> None:
    found = samples.answer(samples.hit(), samples.hit(rank=2), verdict=verdict, facets=FACETS)
    corrections = [Correction(written="hatfet", meant="haftet")]
    answers(api, found.model_copy(update={"corrections": corrections}))
    opened(page, q="Wer hatfet?")
    signs = {
        "verdict": "urteil-",
        "first": 'data-rank="1"',
        "searched": "Gesucht wurde auch: haftet",
        "leave": GERMAN.leave_question_promise,
        "filters": "Antworten eingrenzen",
        "second": 'data-rank="2"',
    }
    drawn = "\n".join(body_or_label(element) for element in page.main)
    at = {name: drawn.index(sign) for name, sign in signs.items() if sign in drawn}
    assert sorted(at, key=at.__getitem__) == wanted.split()


def body_or_label(element: Node) -> str:
    return str(getattr(element, "body", "") or getattr(element, "label", ""))


def test_expired_sources_are_shown_on_demand_with_a_badge(api: FakeApi, page: AppTest) -> None:
    answers(api, samples.answer(samples.hit(samples.EXPIRED)))
    opened(page, q="Wer haftet?").toggle[0].set_value(True).run()
    assert api.questions()[-1]["include_expired"] == ["true"]
    assert "abgelaufen seit 31.12.2025" in words(page)


def test_no_answer_gives_advice_and_folds_what_is_nearest(api: FakeApi, page: AppTest) -> None:
    answers(api, samples.answer(samples.hit(), samples.hit(rank=2), verdict="none"))
    opened(page, q="Wie wird das Wetter?", kind="faq")
    assert "Dazu haben wir nichts." in words(page)
    assert "Setzen Sie die Filter zurück." in words(page)
    folded = page.expander[1]
    assert folded.label == "Am ehesten verwandt (2)"
    assert not folded.proto.expanded
    assert len(folded.html) == 2


def test_no_answer_names_whom_to_ask(api: FakeApi, page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_CONTACT", "Frau <b>Muster</b>, Rathaus")
    answers(api, samples.answer(verdict="none"))
    opened(page, q="Wie wird das Wetter?")
    assert "Fragen Sie hier nach: Frau &lt;b&gt;Muster&lt;/b&gt;, Rathaus" in words(page)


@pytest.mark.parametrize(
    ("removed", "said"), [(False, GERMAN.question_noted), (True, GERMAN.question_noted_removed)]
)
def test_the_button_leaves_question_and_verdict_and_says_so(
    api: FakeApi, page: AppTest, removed: bool, said: str
) -> None:
    answers(api, samples.answer(samples.hit(), verdict="partial"))
    api.says("/open-questions", NotedQuestion(removed=removed, sentence="egal"), 201)
    opened(page, q="Wer haftet?")
    assert api.left == []
    page.button(key="dalassen_Wer haftet?").click().run()
    assert api.left == [{"question": "Wer haftet?", "verdict": "partial"}]
    assert f'<p role="status"><b>{said}</b></p>' in words(page)
    assert samples.SENTENCE in words(page)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (503, ENGLISH.question_not_kept),
        (500, ENGLISH.question_not_kept),
        (429, ENGLISH.question_too_many),
        (422, '<span lang="de">So nicht.</span>'),
    ],
)
def test_a_question_that_is_not_noted_hides_no_answers(
    api: FakeApi, page: AppTest, status: int, said: str
) -> None:
    answers(api, samples.answer(samples.hit(), verdict="partial"))
    api.refuses("/open-questions", status, "So nicht.")
    opened(page, q="Wer haftet?", lang="en").button(key="dalassen_Wer haftet?").click().run()
    assert ENGLISH.question_not_noted in words(page)
    assert said in words(page)
    assert ENGLISH.not_ready not in words(page)
    assert samples.SENTENCE in words(page)


def test_without_any_hit_there_is_no_answer_whatever_the_verdict(api: FakeApi, page: AppTest) -> None:
    answers(api, samples.answer(verdict="answered"))
    opened(page, q="Wer haftet?")
    assert "Dazu haben wir nichts." in words(page)
    assert len(page.expander) == 1


def test_the_sixth_hit_and_those_after_are_folded(api: FakeApi, page: AppTest) -> None:
    answers(api, samples.answer(*(samples.hit(rank=rank) for rank in range(1, 8))))
    opened(page, q="Wer haftet?")
    assert page.expander[1].label == "Weitere Stellen (2)"


def test_a_refused_question_shows_the_sentence_of_the_api(api: FakeApi, page: AppTest) -> None:
    api.refuses("/search", 422, "Die Frage ist zu lang.")
    opened(page, q="x" * 5000, year="abc")
    assert "Die Frage ist zu lang." in words(page)
    answers(api, samples.answer(samples.hit()))
    page.button(key="filter_reset").click().run()
    assert samples.SENTENCE in words(page)


def test_an_api_that_is_away_is_explained_and_can_be_tried_again(
    api: FakeApi, page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("KB_API_URL", f"http://127.0.0.1:{server.getsockname()[1]}")
    opened(page, q="Wer haftet?")
    assert "Die Suche ist gerade nicht erreichbar." in words(page)
    assert "<code>make start</code>" in words(page)

    monkeypatch.setenv("KB_API_URL", api.url)
    answers(api, samples.answer(samples.hit()))
    next(button for button in page.button if button.label == "Noch einmal versuchen").click().run()
    assert samples.SENTENCE in words(page)


def test_an_empty_corpus_is_explained_like_a_missing_one(api: FakeApi, page: AppTest) -> None:
    api.says("/documents", samples.catalogue())
    assert "noch keine Dokumente eingelesen" in words(opened(page))
    assert "<code>python -m ingest</code>" in words(page)


@pytest.mark.parametrize("parameters", [{}, {"q": "Wer haftet?"}, {"dokument": "7d1f"}])
def test_without_a_corpus_the_page_says_what_to_do(
    api: FakeApi, page: AppTest, parameters: dict[str, str]
) -> None:
    for path in ("/search", "/documents", "/documents/7d1f"):
        api.refuses(path, 503, "Es ist nichts veröffentlicht: »python -m ingest«.")
    opened(page, **parameters)
    assert "Die Suche ist noch nicht bereit." in words(page)
    assert "Es ist nichts veröffentlicht: »python -m ingest«." in words(page)
    assert page.button[-1].label == "Noch einmal versuchen"


def test_the_reading_view_marks_the_passage_and_leads_back(api: FakeApi, page: AppTest) -> None:
    api.says("/documents/7d1f", samples.detail(*(samples.passage(n) for n in range(3))))
    opened(page, q="Wer haftet?", kind="faq", dokument="7d1f", abschnitt="p1")
    text = words(page)
    assert 'class="passage gesucht" id="gesucht"' in text
    assert 'href="?q=Wer+haftet%3F&amp;kind=faq">← Zurück zu den Antworten</a>' in text
    assert f'href="{api.url}/documents/7d1f/file"' in text
    assert "scrollIntoView" in page.html[-1].body


def test_an_unknown_document_is_explained(page: AppTest) -> None:
    opened(page, dokument="weg")
    assert "Dieses Dokument gibt es hier nicht (mehr)." in words(page)
    assert "Zur Startseite" in words(page)


@pytest.mark.parametrize("parameters", [{"q": samples.HOSTILE}, {"dokument": "7d1f", "q": "x"}])
def test_no_script_but_our_own_reaches_the_page(
    api: FakeApi, page: AppTest, parameters: dict[str, str]
) -> None:
    evil = samples.HOSTILE
    document = samples.DOCUMENT.model_copy(update={"title": evil})
    answers(
        api,
        samples.answer(samples.hit(document, text=evil, sentence=evil), facets={"topic": {evil: 1}}),
    )
    passage = samples.passage(0).model_copy(update={"text": evil})
    api.says("/documents/7d1f", samples.detail(passage, document=document))
    opened(page, **parameters)
    active = [element.body for element in page.html if element.proto.unsafe_allow_javascript]
    assert all("alert" not in body for body in active)
    pictures = fragment_fromstring(words(page), create_parent=True).iter("img", "audio", "video")
    assert all(each.get("src").startswith(api.url) and "onerror" not in each.attrib for each in pictures)
    assert "&lt;script&gt;alert(1)" in words(page)
    assert not page.markdown


def test_the_start_page_speaks_english_and_keeps_doing_so(api: FakeApi, page: AppTest) -> None:
    api.says("/documents", samples.catalogue(samples.DOCUMENT, samples.EXPIRED))
    api.says("/examples", samples.examples(Recht=["Wer haftet?"]))
    answers(api, samples.answer(samples.hit(), facets=FACETS))
    opened(page, lang="en")
    assert "in your own words" in words(page)
    assert 'document.documentElement.lang = "en";' in words(page)
    assert page.expander[0].label == "See all documents (2 documents)"
    assert 'href="?dokument=7d1f&amp;lang=en"' in words_of(page.expander[0])
    assert (page.text_input[0].label, page.button[0].label) == ("Your question", "Search")
    page.button(key="beispiel_Wer haftet?").click().run()
    assert page.query_params == {"q": "Wer haftet?", "lang": "en"}
    assert "This answers your question." in words(page)
    page.pills(key="filter_country").select("fr").run()
    assert page.query_params == {"q": "Wer haftet?", "lang": "en", "country": "fr"}
    assert page.expander[0].label == "Narrow down the answers (1 chosen)"


def words_of(box: Block) -> str:
    return "\n".join(element.body for element in box.html)


def test_the_switch_keeps_the_view(api: FakeApi, page: AppTest) -> None:
    answers(api, samples.answer(samples.hit(), facets=FACETS))
    opened(page, q="Wer haftet?", kind=["faq", "handbuch"], lang="fr")
    text = words(page)
    assert '<nav class="sprachen" aria-label="Langue de la page">' in text
    view = "?q=Wer+haftet%3F&amp;kind=faq&amp;kind=handbuch"
    assert f'<a href="{view}" lang="de" hreflang="de">Deutsch</a>' in text
    assert f'<a href="{view}&amp;lang=en" lang="en" hreflang="en">English</a>' in text
    assert f'<a href="{view}&amp;lang=fr" lang="fr" hreflang="fr" aria-current="true">Français</a>' in text
    assert f'<h2 class="antwortsatz" lang="de">{samples.SENTENCE}</h2>' in text


def test_filters_have_the_names_of_the_page_language(api: FakeApi, page: AppTest) -> None:
    answers(api, samples.answer(samples.hit(), facets=FACETS))
    opened(page, q="Wer haftet?", lang="en")
    options = {pills.label: [option.content for option in pills.proto.options] for pills in page.pills}
    assert options == {
        "Kind of source": [r"Handbook \(5\)", r"Frequent questions \(3\)"],
        "Country": [r"France \(2\)"],
        "Year": [r"2026 \(7\)", r"2021 \(1\)"],
    }


def test_the_page_says_its_troubles_in_english_and_the_api_in_german(api: FakeApi, page: AppTest) -> None:
    api.refuses("/search", 422, "Die Frage ist zu lang.")
    opened(page, q="x" * 5000, lang="en")
    assert "This question could not be answered." in words(page)
    assert '<span lang="de">Die Frage ist zu lang.</span>' in words(page)
    api.refuses("/search", 503, "Es ist nichts veröffentlicht.")
    page.run()
    assert "The search is not ready yet." in words(page)
    assert '<span lang="de">Es ist nichts veröffentlicht.</span>' in words(page)
    assert page.button[-1].label == "Try again"


def test_a_document_is_read_in_an_english_page(api: FakeApi, page: AppTest) -> None:
    api.says("/documents/7d1f", samples.detail(samples.passage(0)))
    opened(page, q="Wer haftet?", dokument="7d1f", lang="en")
    assert 'href="?q=Wer+haftet%3F&amp;lang=en">← Back to the answers</a>' in words(page)
    assert "checked on 22 November 2026" in words(page)
    assert '<div class="dokument" lang="de">' in words(page)
