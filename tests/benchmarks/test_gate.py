"""The search stays as good as it was on the judged questions of the corpus."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from benchmarks.evaluation import judged_set
from benchmarks.gate import FEWEST_QUESTIONS, LEAST
from benchmarks.opened import open_tools, take_in
from benchmarks.quality import measure_set
from index.collection import Filters
from index.embedded.collection import EmbeddedCollection
from index.judgements import read_judgements
from index.settings import read_settings
from search_api.evaluation import ask_all
from search_api.served import serve
from tests.conftest import MODELS, ROOT

if TYPE_CHECKING:
    from index.encoder import SentenceEncoder
    from search_api.evaluation import JudgedSet
    from search_api.tools import Tools

CORPUS = ROOT / "corpus"
TODAY = date(2026, 11, 26)
FIRST_HITS = 3
FORUM = """
Wie finanzieren wir unsere Städtepartnerschaft?
Welche Fördermittel gibt es für einen Austausch mit der Partnerstadt?
Gibt es für eine kleine Delegationsreise Fördergeld, das vor der Fahrt ausgezahlt wird, und wer stellt den Antrag – Stadt oder Verein?
Engagement Global kennen wir schon. Woher kann unsere Stadt sonst noch Geld bekommen?
Ich habe das Thema Städtepartnerschaften gerade erst übernommen. Womit fange ich an?
Gute Beispiele, wie Kommunen Vereine und andere Gruppen in die Partnerschaft einbinden
Wie teilen sich Kommune und Komitee Geld und Aufgaben?
Wie begeistere ich die Leute in meiner Stadt für Städtepartnerschaften?
Wie finden wir Nachwuchs und ganz neue Zielgruppen?
Wer fördert Schülerbegegnungen, und wie organisiert man so einen Austausch?
Wie werden wir über Social Media gesehen und gefunden?
Wie kann man eine Partnerschaft tragen, ohne einen Verein zu gründen?
Was muss ein Partnerschaftsverein absichern, wenn er eine Fahrt über mehrere Tage organisiert?
Wer ist auf unserer Fahrt verantwortlich, und was davon ist versichert?
Wie erwecken wir eine alte Partnerschaft zu neuem Leben?
Wohin steuern die Städtepartnerschaften in den nächsten Jahren?
Wie ist zurzeit die Stimmung in den Partnerschaftsvereinen mit den USA?
Was bietet die GIZ, um unseren Partner in der Ukraine zu unterstützen?
Wer nennt uns gute Themen und Vortragende für die Mitgliederversammlung eines deutsch-niederländischen Vereins?
Wie helfen wir Menschen in der Ukraine über eine Hilfsorganisation vor Ort?
Wie gehen wir mit unserer Städtepartnerschaft in politisch schwierigen Zeiten um?
"""  # noqa: E501 - what associations and town halls asked at a forum, in other words


@pytest.fixture(scope="module")
def tools() -> Tools:
    return open_tools(read_settings({"KB_CORPUS": str(CORPUS), "KB_DATA": str(MODELS.parent)}))


@pytest.fixture(scope="module")
def judged(real_encoder: SentenceEncoder, tmp_path_factory: pytest.TempPathFactory) -> JudgedSet:
    folder = tmp_path_factory.mktemp("gate")
    collection = EmbeddedCollection(folder)
    assert not take_in(CORPUS, collection, real_encoder, folder / "vectors.sqlite").failed
    return judged_set("lotse", CORPUS, serve(collection.open()))


@pytest.mark.model
def test_the_judged_questions_are_answered_as_well_as_before(judged: JudgedSet, tools: Tools) -> None:
    measured = measure_set(judged, tools)
    assert measured["vanished_spans"] == []
    overall, verdict = (
        cast("dict[str, float]", measured["overall"]),
        cast("dict[str, float]", measured["verdict"]),
    )
    reached = {**overall, **verdict}
    assert {name: reached[name] for name, least in LEAST.items() if reached[name] < least} == {}


@pytest.mark.model
def test_what_a_forum_asked_is_answered_by_one_of_the_first_hits(judged: JudgedSet, tools: Tools) -> None:
    asked = {each.question: each for each in judged.judgements}
    of_the_forum = replace(judged, judgements=tuple(asked[each] for each in FORUM.strip().splitlines()))
    replies = ask_all(of_the_forum, tools, Filters(valid_on=TODAY))
    unanswered = [
        each.judgement.question for each in replies if not each.right & {*each.ranking[:FIRST_HITS]}
    ]
    assert unanswered == []


def test_there_are_enough_judged_questions_of_every_sort() -> None:
    judgements = read_judgements(CORPUS)
    counts = Counter(each.question_class for each in judgements)
    assert len(judgements) >= FEWEST_QUESTIONS["all"]
    assert all(counts[name] >= least for name, least in FEWEST_QUESTIONS.items() if name != "all")
