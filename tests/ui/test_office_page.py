"""The office hour as Streamlit draws it, against an API with cases on a real port."""

import socket
from pathlib import Path
from uuid import UUID

import pytest
from lxml.html import fragment_fromstring
from streamlit.testing.v1 import AppTest

from search_api.schemas import Case, CaseContent, Finding, Hit, NotedQuestion, Pin, Verdict
from search_api.view.office import pin_of
from tests.search_api.view import samples
from tests.ui.fake_api import FakeApi
from tests.ui.fake_cases import SOURCE

APP = str(Path(__file__).parents[2] / "ui" / "app.py")
DESK = "7f0c1d52-9c1e-4b7a-8f3e-2d6a5b4c3d2e"
QUESTION = "Wer haftet?"
BUS = samples.hit(text="Den Bus bezahlt der Verein.", sentence="Den Bus bezahlt der Verein.", rank=2)


@pytest.fixture
def page(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("KB_API_URL", api.url)
    api.says("/search", samples.answer(samples.hit(), BUS))
    return AppTest.from_file(APP, default_timeout=60)


def opened(page: AppTest, **parameters: str) -> AppTest:
    page.query_params.update({"seite": "sprechstunde", "tisch": DESK, **parameters})
    return drawn(page)


def drawn(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def words(page: AppTest) -> str:
    return "\n".join(element.body for element in page.html)


def pinned_case(api: FakeApi, *hits: Pin) -> Case:
    pins = [*(hits or (pin_of(samples.hit()), pin_of(BUS)))]
    return api.cases.put(DESK, CaseContent(questions=[QUESTION], answer="", pins=pins))


def kept(api: FakeApi, number: int = 1) -> Case:
    return api.cases.kept[DESK][str(UUID(int=number))]


def pins(api: FakeApi) -> list[str]:
    return [pin.passage_id for pin in kept(api).pins]


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click()
    return drawn(page)


def note(page: AppTest, number: int) -> str:
    return next(area for area in page.text_area if area.label == f"Notiz zu Fundstelle {number}").key or ""


def ask(page: AppTest, question: str) -> AppTest:
    page.text_input(key="sprechstunde_frage").input(question)
    page.button[0].click()
    return drawn(page)


def test_a_new_desk_is_in_the_address_at_once_and_empty(api: FakeApi, page: AppTest) -> None:
    page.query_params["seite"] = "sprechstunde"
    drawn(page)
    key = str(page.query_params["tisch"])
    assert UUID(key).version == 4
    assert "Haben Sie schon ein Lesezeichen" in words(page)
    assert "Setzen Sie jetzt ein Lesezeichen auf diese Adresse" in words(page)
    assert "Noch nichts angeheftet." in words(page)
    assert api.cases.kept == {}
    assert drawn(page).query_params["tisch"] == key


def test_a_desk_cut_off_in_its_address_is_not_taken_for_a_new_one(page: AppTest) -> None:
    opened(page, tisch=DESK[:-3])
    assert "Diese Adresse ist unvollständig." in words(page)
    assert '<a href="?seite=sprechstunde">Neu beginnen</a>' in words(page)


def test_the_desk_is_in_no_address_of_the_api(api: FakeApi, page: AppTest) -> None:
    ask(opened(page), QUESTION)
    press(page, "heften_p1")
    assert len(api.asked) > 3
    assert DESK not in str(api.asked)


def test_a_question_opens_a_case_and_a_pin_goes_into_it(api: FakeApi, page: AppTest) -> None:
    ask(opened(page), QUESTION)
    case = kept(api)
    assert (case.questions, case.pins) == ([QUESTION], [])
    assert page.query_params["fall"] == case.id
    press(page, "heften_p2")
    assert pins(api) == ["p2"]
    assert page.button(key="heften_p2").label == "Angeheftet – wieder lösen"
    assert '<h4>1. <span lang="de">Den Bus bezahlt der Verein.</span></h4>' in words(page)
    assert "Angeheftete Fundstellen (1)" in words(page)


def test_a_refused_question_does_not_go_into_the_case(api: FakeApi, page: AppTest) -> None:
    opened(page)
    api.refuses("/search", 422, "Die Frage ist zu lang.")
    ask(page, "???")
    assert "Die Frage ist zu lang." in words(page)
    assert api.cases.kept == {}


def many(most: int = 10) -> list[Hit]:
    told = [f"Den Bus bezahlt Verein {rank}." for rank in range(1, most + 1)]
    return [samples.hit(text=each, sentence=each, rank=rank) for rank, each in enumerate(told, start=1)]


def answered(api: FakeApi, page: AppTest, verdict: Verdict) -> str:
    api.says("/search", samples.answer(*many(), verdict=verdict))
    return words(ask(opened(page), QUESTION))


def test_all_ten_hits_can_be_pinned_without_unfolding_any(api: FakeApi, page: AppTest) -> None:
    answered(api, page, "answered")
    offered = {button.key for button in page.button if button.label == "Anheften"}
    assert offered == {f"heften_p{rank}" for rank in range(1, 11)}
    assert not offered & {button.key for folded in page.expander for button in folded.button}


def test_nothing_found_offers_to_leave_the_question_and_shows_what_is_nearest(
    api: FakeApi, page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_CONTACT", "Frau <A>, 0711 1")
    told = answered(api, page, "none")
    assert "Dazu haben wir nichts." in told
    assert "Frau &lt;A&gt;, 0711 1" in told
    assert told.index("<h2>Am ehesten verwandt (10)</h2>") < told.index('class="treffer"')
    api.says("/open-questions", NotedQuestion(removed=False, sentence="egal"), 201)
    press(page, f"dalassen_{QUESTION}")
    assert "Danke, die Frage ist notiert." in words(page)
    assert api.left == [{"question": QUESTION, "verdict": "none"}]


def test_nobody_in_the_office_is_sent_to_the_office_hours(api: FakeApi, page: AppTest) -> None:
    told = answered(api, page, "none")
    assert "<li>" in told
    assert "Fragen Sie in der Sprechstunde nach" not in told


def test_half_an_answer_offers_to_leave_the_question(api: FakeApi, page: AppTest) -> None:
    told = answered(api, page, "partial")
    assert "urteil-partial" in told
    assert "Am ehesten verwandt" not in told
    assert page.button(key=f"dalassen_{QUESTION}").label == "Frage dalassen"


def test_a_full_answer_offers_no_such_thing(api: FakeApi, page: AppTest) -> None:
    answered(api, page, "answered")
    assert "dalassen" not in str([button.key for button in page.button])


def test_a_follow_up_question_keeps_the_collection(api: FakeApi, page: AppTest) -> None:
    ask(opened(page), QUESTION)
    press(page, "heften_p1")
    ask(page, "Wer zahlt?")
    ask(page, QUESTION)
    assert kept(api).questions == [QUESTION, "Wer zahlt?"]
    assert pins(api) == ["p1"]
    press(page, "frage_weg_1")
    assert kept(api).questions == ["Wer zahlt?"]


def test_the_same_question_is_searched_once_however_much_is_pinned(api: FakeApi, page: AppTest) -> None:
    ask(opened(page), QUESTION)
    press(page, "heften_p1")
    press(page, "heften_p2")
    assert len(api.questions()) == 1


def test_a_passage_taken_off_can_be_put_back_with_its_note(api: FakeApi, page: AppTest) -> None:
    noted = pin_of(samples.hit()).model_copy(update={"note": "wichtig"})
    case = pinned_case(api, noted, pin_of(BUS))
    opened(page, fall=case.id, q=QUESTION)
    press(page, "heften_p1")
    assert pins(api) == ["p2"]
    assert f"Entfernt: {samples.SENTENCE}" in words(page)
    press(page, "zurueck")
    assert kept(api).pins == [noted, pin_of(BUS)]
    press(page, "weg_p2")
    assert pins(api) == ["p1"]


def test_passages_are_put_in_order(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    opened(page, fall=case.id)
    press(page, "hoch_p2")
    assert pins(api) == ["p2", "p1"]
    press(page, "runter_p2")
    assert pins(api) == ["p1", "p2"]
    moves = {button.key for button in page.button} & {"hoch_p1", "runter_p1", "hoch_p2", "runter_p2"}
    assert moves == {"runter_p1", "hoch_p2"}


def test_note_and_answer_are_kept_and_there_after_a_reload(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    opened(page, fall=case.id)
    page.text_area(key=note(page, 2)).input("Siehe *auch* S. 9")
    drawn(page)
    page.text_area(key=f"antworttext_{case.id}").input("Der Verein haftet.")
    drawn(page)
    assert [pin.note for pin in kept(api).pins] == ["", "Siehe *auch* S. 9"]
    again = opened(AppTest.from_file(APP, default_timeout=60), fall=case.id)
    assert again.text_area(key=note(again, 2)).value == "Siehe *auch* S. 9"
    assert again.text_area(key=f"antworttext_{case.id}").value == "Der Verein haftet."


def test_two_cases_lie_side_by_side(api: FakeApi, page: AppTest) -> None:
    first = pinned_case(api)
    opened(page, fall=first.id, q=QUESTION)
    press(page, "neuer_fall")
    assert "fall" not in page.query_params
    ask(page, "Wer zahlt?")
    second = kept(api, 2)
    assert page.query_params["fall"] == second.id
    assert page.selectbox[0].options == [
        "Wer haftet? (26.11.2026, Fundstellen: 2)",
        "Wer zahlt? (26.11.2026, Fundstellen: 0)",
    ]
    page.selectbox[0].select(first.id)
    drawn(page)
    assert page.query_params["fall"] == first.id
    assert "Angeheftete Fundstellen (2)" in words(page)


def test_a_case_is_deleted_after_a_second_click(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    opened(page, fall=case.id)
    press(page, "loeschen")
    press(page, "behalten")
    press(page, "loeschen")
    assert case.id in api.cases.kept[DESK]
    press(page, "endgueltig")
    assert api.cases.kept[DESK] == {}
    assert "fall" not in page.query_params
    assert "Noch nichts angeheftet." in words(page)


def test_a_change_in_another_window_overwrites_nothing_and_loses_nothing(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    opened(page, fall=case.id)
    api.cases.change(DESK, case, answer="Von nebenan")
    page.text_area(key=note(page, 1)).input("Meine Notiz")
    drawn(page)
    assert "Dieser Fall wurde in einem anderen Fenster geändert." in words(page)
    assert page.code[0].value == "Meine Notiz"
    assert page.text_area(key=f"antworttext_{case.id}").value == "Von nebenan"
    assert kept(api).pins[0].note == ""
    press(page, "nochmal")
    assert (kept(api).answer, kept(api).pins[0].note) == ("Von nebenan", "Meine Notiz")
    assert not page.code


def test_a_change_can_be_given_up_for_that_of_another_window(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    opened(page, fall=case.id)
    api.cases.change(DESK, case, answer="Von nebenan")
    page.text_area(key=f"antworttext_{case.id}").input("Von mir")
    drawn(page)
    press(page, "verwerfen")
    assert kept(api).answer == page.text_area(key=f"antworttext_{case.id}").value == "Von nebenan"
    assert "anderen Fenster" not in words(page)


def test_what_was_typed_while_the_api_is_away_is_saved_later(
    api: FakeApi, page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = pinned_case(api)
    opened(page, fall=case.id)
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("KB_API_URL", f"http://127.0.0.1:{server.getsockname()[1]}")
    drawn(page)
    assert "Die Suche ist gerade nicht erreichbar." in words(page)
    monkeypatch.setenv("KB_API_URL", api.url)
    drawn(page)
    api.refuses(f"/cases/{case.id}", 503, "Die Fälle lassen sich gerade nicht speichern.")
    page.text_area(key=f"antworttext_{case.id}").input("Am Telefon geschrieben")
    drawn(page)
    assert "Die Fälle lassen sich gerade nicht speichern." in words(page)
    assert page.code[0].value == "Am Telefon geschrieben"
    del api.answers[f"/cases/{case.id}"]
    press(page, "nochmal")
    assert kept(api).answer == "Am Telefon geschrieben"
    assert page.text_area(key=f"antworttext_{case.id}").value == "Am Telefon geschrieben"


def test_a_case_that_is_gone_is_explained_and_a_new_one_can_begin(api: FakeApi, page: AppTest) -> None:
    opened(page, fall=str(UUID(int=99)))
    assert "Diesen Fall gibt es nicht (mehr)." in words(page)
    ask(page, QUESTION)
    assert kept(api).questions == [QUESTION]


def test_the_folder_has_a_button_for_each_format_and_a_text_to_copy(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    opened(page, fall=case.id)
    assert [button.label for button in page.download_button] == [
        *("Als Word-Datei", "Als PDF", "Als Markdown", "Als Mailtext"),
    ]
    assert not any("folder" in path for path, _ in api.asked)
    page.toggle(key="mailtext").set_value(True)
    assert drawn(page).code[0].value == "Mappe folder.txt: 2 Fundstellen"


def finding(*, confirmable: bool) -> Finding:
    return Finding(kind="street", name="Straße", place="Antwort", excerpt="Weg <b>3", confirmable=confirmable)


def release(page: AppTest, case: Case, title: str = "Wer den Bus zahlt") -> AppTest:
    page.text_input(key=f"freigabe_titel_{case.id}").input(title)
    return press(page, "freigeben")


def tick(page: AppTest, case: Case) -> None:
    page.checkbox(key=f"bestaetigt_{case.id}").check()


def test_a_release_with_what_looks_personal_needs_a_confirmation(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    api.cases.findings = [finding(confirmable=True)]
    release(opened(page, fall=case.id), case)
    assert "<li>Straße (Antwort): »Weg &lt;b&gt;3«</li>" in words(page)
    tick(page, case)
    press(page, "freigeben")
    assert [(each.title, each.confirmed) for each in api.cases.released] == [
        ("Wer den Bus zahlt", False),
        ("Wer den Bus zahlt", True),
    ]
    assert f"<b>Freigegeben als:</b> {SOURCE}" in words(page)
    assert "Gefunden wird die neue Quelle, sobald" in words(page)
    assert "freigeben" not in {button.key for button in page.button}


def confirmed(api: FakeApi) -> list[bool]:
    return [each.confirmed for each in api.cases.released]


def test_a_confirmation_does_not_cover_what_is_written_after_it(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    api.cases.findings = [finding(confirmable=True)]
    release(opened(page, fall=case.id), case)
    tick(page, case)
    page.text_area(key=f"antworttext_{case.id}").input("Im Ahornweg 7 wohnt sie.")
    drawn(page)
    assert not page.checkbox
    assert "Seitdem hat sich etwas geändert" in words(page)
    api.cases.findings = [finding(confirmable=True).model_copy(update={"excerpt": "Ahornweg 7"})]
    press(page, "freigeben")
    assert "»Ahornweg 7«" in words(page)
    assert page.checkbox(key=f"bestaetigt_{case.id}").value is False
    tick(page, case)
    press(page, "freigeben")
    assert confirmed(api) == [False, False, True]


def test_a_confirmation_does_not_cover_what_another_window_wrote(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    api.cases.findings = [finding(confirmable=True)]
    release(opened(page, fall=case.id), case)
    tick(page, case)
    drawn(page)
    api.cases.change(DESK, kept(api), answer="Im Ahornweg 7 wohnt sie.")
    press(page, "freigeben")
    assert confirmed(api) == [False, False]
    assert page.checkbox(key=f"bestaetigt_{case.id}").value is False


def test_a_confirmation_does_not_cover_another_title(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    api.cases.findings = [finding(confirmable=True)]
    release(opened(page, fall=case.id), case)
    tick(page, case)
    release(page, case, "Was Familie Ahorn fragt")
    assert confirmed(api) == [False, False]
    assert kept(api).released is None


def test_title_and_confirmation_belong_to_one_case(api: FakeApi, page: AppTest) -> None:
    first, second = pinned_case(api), pinned_case(api)
    api.cases.findings = [finding(confirmable=True)]
    release(opened(page, fall=first.id), first)
    tick(page, first)
    drawn(page)
    page.selectbox[0].select(second.id)
    drawn(page)
    assert page.text_input(key=f"freigabe_titel_{second.id}").value == ""
    release(page, second)
    assert confirmed(api) == [False, False]
    assert page.checkbox(key=f"bestaetigt_{second.id}").value is False


def test_what_is_surely_personal_cannot_be_confirmed(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    api.cases.findings = [finding(confirmable=True), finding(confirmable=False)]
    release(opened(page, fall=case.id), case)
    assert "Bitte nehmen Sie diese Angaben heraus" in words(page)
    assert not page.checkbox
    assert kept(api).released is None


def test_a_release_without_a_title_is_refused_in_the_words_of_the_api(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    press(opened(page, fall=case.id), "freigeben")
    assert "Bitte geben Sie der neuen Quelle einen Titel." in words(page)


@pytest.mark.parametrize(
    ("spoken", "ask_words", "hint"),
    [
        ({}, "Fragen", "neues Fenster"),
        ({"lang": "en"}, "Ask a question", "new window"),
        ({"lang": "fr"}, "Poser une question", "nouvelle fenêtre"),
    ],
)
def test_what_leads_away_from_the_desk_opens_a_window_and_says_so(
    page: AppTest, spoken: dict[str, str], ask_words: str, hint: str
) -> None:
    opened(page, **spoken)
    links = fragment_fromstring(words(page), create_parent=True).iter("a")
    away = [each for each in links if DESK not in each.get("href")]
    said = [each.text_content() for each in away]
    assert said[:2] == [f"Partnerschaftslotse ({hint})", f"{ask_words} ({hint})"]
    assert [each for each in said if not each.endswith(f" ({hint})")] == []
    assert {(each.get("target"), each.get("rel")) for each in away} == {("_blank", "noopener noreferrer")}
    assert len(away) == 3


def test_at_a_new_desk_the_links_know_it_from_the_first_drawing_on(page: AppTest) -> None:
    page.query_params["seite"] = "sprechstunde"
    drawn(page)
    text, key = words(page), str(page.query_params["tisch"])
    assert f'href="?seite=sprechstunde&amp;tisch={key}">Sprechstunde</a>' in text
    assert f'href="?seite=sprechstunde&amp;tisch={key}&amp;lang=en" lang="en"' in text
    assert text.count('target="_blank"') == 3


def test_links_read_on_with_the_case_and_nothing_else_carries_it(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    api.says("/documents/7d1f", samples.detail(samples.passage(1)))
    opened(page, fall=case.id, q=QUESTION)
    desk = f"seite=sprechstunde&amp;tisch={DESK}&amp;fall={case.id}"
    text = words(page)
    assert f'href="?q=Wer+haftet%3F&amp;dokument=7d1f&amp;abschnitt=p1&amp;{desk}#gesucht"' in text
    navigation = text[text.index('class="marke"') : text.index("</nav>", text.index('class="wege"'))]
    assert f'href="?seite=sprechstunde&amp;tisch={DESK}">Sprechstunde</a>' in navigation
    assert navigation.count(DESK) == 1
    outside = [link for link in text.split("<a ")[1:] if "http" in link.split(">")[0]]
    assert outside
    assert all("noreferrer" in link and DESK not in link for link in outside)
    opened(page, fall=case.id, q=QUESTION, dokument="7d1f", abschnitt="p1")
    assert f'<a href="?q=Wer+haftet%3F&amp;{desk}">← Zurück zum Fall</a>' in words(page)


def test_single_keys_can_be_switched_off(page: AppTest) -> None:
    opened(page)
    assert 'class="tasten-an"' in words(page)
    page.toggle(key="sprechstunde_tasten").set_value(False)
    drawn(page)
    assert page.query_params["tasten"] == "aus"
    assert 'class="tasten-an"' not in words(page)


def test_no_script_but_our_own_reaches_the_page(api: FakeApi, page: AppTest) -> None:
    evil = samples.HOSTILE
    document = samples.DOCUMENT.model_copy(update={"title": evil})
    hit = samples.hit(document, text=evil, sentence=evil)
    api.says("/search", samples.answer(hit))
    case = api.cases.put(DESK, CaseContent(questions=[evil], answer=evil, pins=[pin_of(hit)]))
    press(opened(page, fall=case.id, q=evil), "weg_p1")
    active = [element.body for element in page.html if element.proto.unsafe_allow_javascript]
    assert all("alert(" not in body for body in active)
    pictures = fragment_fromstring(words(page), create_parent=True).iter("img", "audio", "video")
    assert all(each.get("src").startswith(api.url) and "onerror" not in each.attrib for each in pictures)
    assert words(page).count("&lt;script&gt;alert(1)") >= 2


def test_the_office_hour_speaks_english(api: FakeApi, page: AppTest) -> None:
    case = pinned_case(api)
    opened(page, fall=case.id, q=QUESTION, lang="en")
    assert "Bookmark this address now" in words(page)
    assert page.button(key="heften_p1").label == "Pinned – take off again"
    assert page.text_area[0].label == "Note on passage 1"
    assert page.selectbox[0].options == ["Wer haftet? (26 November 2026, passages: 2)"]
    assert page.download_button[0].label == "As a Word file"
