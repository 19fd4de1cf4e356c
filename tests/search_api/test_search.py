"""What `GET /search` answers, to the letter of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from tests.search_api.materials import FAQ_ANSWER, FAQ_QUESTION

if TYPE_CHECKING:
    from tests.search_api.house import House

FACETS = ("kind", "topic", "country", "audience", "language", "year")
_TEXT = {"type": "string", "minLength": 1}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_DAY_OR_NULL = {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\d$"}
_TEXTS = {"type": "array", "items": {"type": "string"}}


def _object(properties: dict[str, object], *, closed: bool = True) -> dict[str, object]:
    """Return the schema of an object that has all these keys and, if closed, no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": not closed,
    }


_LOCATION = {
    "oneOf": [
        _object(
            {
                "type": {"const": "page"},
                "page": {"type": "integer", "minimum": 1},
                "label": _TEXT_OR_NULL,
            }
        ),
        _object(
            {
                "type": {"const": "time"},
                "start": {"type": "number", "minimum": 0},
                "end": {"type": "number", "minimum": 0},
                "url": _TEXT_OR_NULL,
            }
        ),
        _object({"type": {"const": "heading"}, "anchor": _TEXT_OR_NULL}),
        _object({"type": {"const": "question"}, "question": _TEXT}),
    ]
}
_DOCUMENT = _object(
    {
        "id": {"type": "string", "pattern": r"^[0-9a-f-]{36}$"},
        "source": _TEXT,
        "title": _TEXT,
        "kind": {"enum": ["handbuch", "foerderung", "faq", "studien", "transkripte", "beratung"]},
        "language": {"type": "string", "pattern": "^[a-z]{2}$"},
        "year": {"type": ["integer", "null"]},
        "topics": _TEXTS,
        "countries": _TEXTS,
        "audiences": _TEXTS,
        "url": _TEXT_OR_NULL,
        "valid_from": _DAY_OR_NULL,
        "valid_until": _DAY_OR_NULL,
        "last_checked": _DAY_OR_NULL,
        "expired": {"type": "boolean"},
    },
    closed=False,  # a document also says what else is known about it
)
_HIT = _object(
    {
        "rank": {"type": "integer", "minimum": 1},
        "score": {"type": "number"},
        "passage_id": {"type": "string", "pattern": r"^[0-9a-f-]{36}$"},
        "text": _TEXT,
        "highlight": _object({"start": {"type": "integer"}, "end": {"type": "integer"}}),
        "heading": _TEXTS,
        "document": _DOCUMENT,
        "location": _LOCATION,
    }
)
_COUNTS = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}
CONTRACT = _object(
    {
        "query": _TEXT,
        "language": {"type": "string", "pattern": "^[a-z]{2}$"},
        "verdict": {"enum": ["answered", "partial", "none"]},
        "confidence": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        "took_ms": {"type": "number", "exclusiveMinimum": 0},
        "hits": {"type": "array", "items": _HIT},
        "facets": _object(dict.fromkeys(FACETS, _COUNTS)),
    }
)
QUESTIONS = [
    "Wer bezahlt den Bus?",
    FAQ_QUESTION,
    "Wer schreibt das Protokoll?",
    "Zuschuss für Jubiläen",
    "Wirken Partnerschaften lange nach?",
    "Who pays for the bus to our twin town, and when do we get the money back?",
    "Gibt es Kuchenrezepte?",
    "42",
]


def highlighted(hit: dict[str, Any]) -> str:
    return str(hit["text"][hit["highlight"]["start"] : hit["highlight"]["end"]])


def best(library: House, question: str, **parameters: object) -> dict[str, Any]:
    hit: dict[str, Any] = library.search(question, **parameters).json()["hits"][0]
    return hit


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_keeps_the_contract(library: House, question: str) -> None:
    answer = library.search(question, include_expired=True, limit=100)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    problems = [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(CONTRACT).iter_errors(answer.json())
    ]
    assert problems == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_are_ranked_from_one_on_by_falling_score_and_none_comes_twice(
    library: House, question: str
) -> None:
    hits = library.search(question, include_expired=True, limit=100).json()["hits"]
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit["passage_id"] for hit in hits}) == len(hits)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_highlight_is_a_stretch_of_whole_words_that_ends_as_sentences_do(
    library: House, question: str
) -> None:
    for hit in library.search(question, include_expired=True, limit=100).json()["hits"]:
        start, end = hit["highlight"]["start"], hit["highlight"]["end"]
        sentence = highlighted(hit)
        assert sentence
        assert sentence == sentence.strip()
        assert sentence[-1] in ".!?"
        assert start == 0 or hit["text"][start - 1].isspace()
        assert end == len(hit["text"]) or hit["text"][end].isspace()


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Wer bezahlt den Bus?", "Den Bus bezahlt der Verein vorab."),
        (FAQ_QUESTION, FAQ_ANSWER),
        ("Wer schreibt das Protokoll?", "Das Protokoll schreibt immer die gastgebende Stadt."),
        ("Wie hoch ist der Zuschuss für Jubiläen?", "Der Zuschuss für Jubiläen beträgt 900 Euro."),
        ("Welche Betten gibt es?", "Betten gibt es auch in der Jugendherberge."),
    ],
)
def test_the_highlight_is_the_answer_word_for_word_and_never_the_question(
    library: House, question: str, sentence: str
) -> None:
    assert highlighted(best(library, question)) == sentence


@pytest.mark.parametrize(
    ("question", "source", "heading", "location"),
    [
        (
            "Wer bezahlt den Bus?",
            "handbuch/reisen.md",
            ["Fahrten", "Der Bus"],
            {"type": "heading", "anchor": "der-bus"},
        ),
        (
            FAQ_QUESTION,
            "faq/haftung.yaml",
            [],
            {"type": "question", "question": FAQ_QUESTION},
        ),
        (
            "Wirken Partnerschaften lange nach?",
            "studien/wirkung.pdf",
            [],
            {"type": "page", "page": 2, "label": "ii"},
        ),
        (
            "Protokoll der gastgebenden Stadt",
            "transkripte/sprechstunde.vtt",
            [],
            {"type": "time", "start": 1.0, "end": 74.0, "url": "https://example.org/sprechstunde.mp4#t=1"},
        ),
        (
            "Zuschuss für Jubiläen 500 Euro im Herbst",
            "foerderung/stiftung.html",
            ["Antrag"],
            {"type": "heading", "anchor": "antrag"},
        ),
    ],
)
def test_a_hit_names_the_exact_place(
    library: House, question: str, source: str, heading: list[str], location: dict[str, object]
) -> None:
    hit = best(library, question, include_expired=True)
    assert hit["document"]["source"] == source
    assert hit["heading"] == heading
    assert hit["location"] == location


def test_a_hit_carries_all_that_is_known_about_its_document(library: House) -> None:
    document = best(library, "Wer bezahlt den Bus?")["document"]
    assert document == {
        "id": library.id_of("handbuch/reisen.md"),
        "source": "handbuch/reisen.md",
        "title": "Reisen vorbereiten",
        "kind": "handbuch",
        "language": "de",
        "year": 2026,
        "topics": ["versicherung", "fahrten"],
        "countries": ["fr", "pl"],
        "audiences": ["verein"],
        "url": "https://example.org/reisen",
        "video_url": None,
        "recorded_on": None,
        "valid_from": "2026-01-01",
        "valid_until": None,
        "last_checked": "2026-10-01",
        "licence": "CC BY 4.0",
        "funding": None,
        "expired": False,
        "recording": None,
    }


def test_a_funding_sheet_carries_its_terms(library: House) -> None:
    document = best(library, "Antrag der Landesstiftung im Herbst", include_expired=True)["document"]
    assert document["expired"] is True
    assert document["funding"] == {
        "funder": "Landesstiftung",
        "applicants": ["Verein", "Kommune"],
        "amount_min": None,
        "amount_max": 500.0,
        "funding_rate": 0.5,
        "prefinancing": True,
        "deadline": "31. Oktober",
    }


def test_the_query_comes_back_as_it_was_understood(library: House) -> None:
    assert library.search("  Wer\u0000 bezahlt\n den\tBus? ").json()["query"] == "Wer bezahlt den Bus?"


def test_typing_mistakes_of_case_and_umlauts_find_the_same(library: House) -> None:
    assert library.sources("WER HAFTET FUER SCHAEDEN")[0] == "faq/haftung.yaml"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wer bezahlt den Bus?", "de"),
        ("Which insurance does our club need for a trip of several days?", "en"),
        ("Quelle assurance faut-il pour un voyage de plusieurs jours ?", "fr"),
        ("Jakie ubezpieczenie jest potrzebne na kilkudniowy wyjazd?", "pl"),
    ],
)
def test_the_answer_names_the_language_of_the_question(library: House, question: str, language: str) -> None:
    assert library.search(question).json()["language"] == language


def test_the_verdict_tells_an_answer_from_a_related_passage_and_from_nothing(library: House) -> None:
    def verdict(question: str) -> str:
        return str(library.search(question).json()["verdict"])

    assert verdict(f"{FAQ_QUESTION} {FAQ_ANSWER}") == "answered"
    assert verdict("Kuchen backen ohne Mehl") == "none"


def test_no_verdict_rests_on_the_order_alone(library: House) -> None:
    answer = library.search("Kuchen backen ohne Mehl").json()
    assert answer["hits"], "the nearest passages are still shown"
    assert answer["verdict"] == "none"


def test_limit_is_kept_and_is_ten_unless_told(house: House) -> None:
    entries = [f"- frage: Frage {number}?\n  antwort: Wort {number}." for number in range(30)]
    house.write("faq/viele.yaml", "\n".join(entries))
    house.publish()
    assert len(house.sources("Frage")) == 10
    assert len(house.sources("Frage", limit=1)) == 1
    assert len(house.sources("Frage", limit=25)) == 25
    assert len(house.sources("Frage", limit=100)) == 30


def test_a_smaller_limit_leaves_the_first_hits_as_they_are(library: House) -> None:
    every = library.search("Zuschuss Bus Haftpflicht Protokoll", limit=100).json()["hits"]
    assert library.search("Zuschuss Bus Haftpflicht Protokoll", limit=3).json()["hits"] == every[:3]


def test_the_examples_are_the_judged_questions_marked_so_by_their_topics(house: House) -> None:
    marked = {"Wer zahlt?": "Geld", "Wer haftet?": "true", "Wer gibt?": "Geld", "Wer nicht?": "false"}
    entries = [f"- question: {each}\n  class: frage\n  example: {topic}\n" for each, topic in marked.items()]
    house.write("fragen.yaml", "".join(entries))
    assert house.client.get("/examples").json() == {
        "questions": ["Wer zahlt?", "Wer gibt?", "Wer haftet?"],
        "topics": [
            {"topic": "Geld", "questions": ["Wer zahlt?", "Wer gibt?"]},
            {"topic": "", "questions": ["Wer haftet?"]},
        ],
    }


def test_without_judged_questions_there_are_no_examples(house: House) -> None:
    assert house.client.get("/examples").json() == {"questions": [], "topics": []}
