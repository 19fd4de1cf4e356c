"""The funding guide as Streamlit draws it, against a search API on a real port."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from search_api.schemas import FitName, Programme, Programmes, Reason
from tests.search_api.view import samples
from tests.ui.fake_api import FakeApi

APP = str(Path(__file__).parents[2] / "ui" / "app.py")


def programme(fits: FitName, named: str = "Vereine") -> Programme:
    answer = {"yes": True, "unsure": None, "no": False}[fits]
    reason = Reason(rule="applicant_named", applicant="verein", named=[named])
    criteria = [samples.criterion("applicant", answer, reason)]
    return Programme(document=samples.GRANT, fits=fits, criteria=criteria)


@pytest.fixture
def page(api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("KB_API_URL", api.url)
    opened = AppTest.from_file(APP, default_timeout=60)
    opened.query_params["seite"] = "foerderlotse"
    return opened


def words(page: AppTest) -> str:
    return "\n".join(element.body for element in page.html)


def test_answers_go_into_the_url_and_to_the_api(api: FakeApi, page: AppTest) -> None:
    api.says("/programmes", Programmes(programmes=[programme("yes", "Vereine <b>")]))
    page.run()
    assert "Passt" not in words(page)
    page.selectbox[0].select("verein")
    page.selectbox[1].select("fr")
    page.text_input[1].input("800")
    page.checkbox[0].check()
    page.button[0].click().run()
    assert not page.exception
    said = {"applicant": "verein", "country": "fr", "amount": "800", "advance": "true"}
    assert page.query_params == {"seite": "foerderlotse", **said}
    assert [parameters for path, parameters in api.asked if path == "/programmes"][-1] == {
        name: [value] for name, value in said.items()
    }
    assert "<h2>Passt (1)</h2>" in words(page)
    assert "<b>Ja:</b> Vereine können beantragen: Vereine &lt;b&gt;." in words(page)


def test_what_does_not_fit_is_folded(api: FakeApi, page: AppTest) -> None:
    api.says("/programmes", Programmes(programmes=[programme("unsure"), programme("no")]))
    page.query_params["applicant"] = "schule"
    page.run()
    assert "<h2>Passt vielleicht (1)</h2>" in words(page)
    assert [box.label for box in page.expander] == ["Passt nicht (1)"]
    assert page.selectbox[0].value == "schule"


def test_an_impossible_answer_is_explained(api: FakeApi, page: AppTest) -> None:
    api.refuses("/programmes", 422, "»amount« muss ein Betrag sein.")
    page.query_params["amount"] = "viel"
    page.run()
    assert "Eine Angabe ist so nicht möglich" in words(page)
    assert page.text_input[1].value == "viel"


def test_the_guide_asks_in_english_and_stays_english(api: FakeApi, page: AppTest) -> None:
    api.says("/programmes", Programmes(programmes=[programme("yes")]))
    page.query_params["lang"] = "en"
    page.run()
    assert page.selectbox[0].label == "1. Who are you?"
    page.selectbox[0].select("verein")
    page.text_input[1].input("1,500")
    page.button[0].click().run()
    assert not page.exception
    said = {"applicant": "verein", "amount": "1,500"}
    assert page.query_params == {"seite": "foerderlotse", "lang": "en", **said}
    assert api.asked[-1] == ("/programmes", {"applicant": ["verein"], "amount": ["1500"]})
    assert "<h2>Fits (1)</h2>" in words(page)
    assert '<b>Yes:</b> Associations can apply: <span lang="de">Vereine</span>.' in words(page)
    assert 'href="?seite=foerderlotse&amp;applicant=verein&amp;amount=1%2C500&amp;lang=fr"' in words(page)
