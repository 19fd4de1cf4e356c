from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from index.passage import QuestionLocation, TimeLocation
from tests.ingest.readers.written import LINES, ROUND_TRIP, read_written

_PAIR = '{"frage": "Wer haftet?", "antwort": "Der Verein."}'


def test_a_list_of_entries_is_enough() -> None:
    (section,) = read_written("a.json", f"[{_PAIR}]").sections
    assert (section.text, section.whole) == ("Wer haftet?\nDer Verein.", True)
    assert section.location == QuestionLocation("Wer haftet?")


@pytest.mark.parametrize("key", ["entries", "fragen", "faq", "questions"])
def test_what_stands_beside_the_list_is_declared_with_its_line(key: str) -> None:
    document = read_written("a.json", f'{{\n"title": "Recht",\n"year": 2026,\n"{key}": [{_PAIR}]}}')
    assert document.declared == {"title": "Recht", "year": 2026}
    assert document.declared_lines == {"title": 2, "year": 3}


def test_several_questions_categories_numbers_and_truth_values() -> None:
    entry = {
        "fragen": ["Wie viel?", "Was kostet es?"],
        "antwort": [5000.0, True],
        "rubrik": "Geld",
        "quelle": "Satzung",
    }
    (section,) = read_written("a.json", json.dumps([entry])).sections
    assert section.text == "Wie viel?\nWas kostet es?\n5000\nja\nQuelle: Satzung"
    assert section.heading == ("Geld",)


@pytest.mark.parametrize("wrap", ["{}", "[{}]", '{{"@graph": [{{"@type": "WebSite"}}, {}]}}'])
def test_the_faq_of_a_web_page(wrap: str) -> None:
    question = {
        "@type": "Question",
        "name": "Wer zahlt?",
        "acceptedAnswer": {"@type": "Answer", "text": "<p>Der <b>Verein</b>.</p><ul><li>immer</li></ul>"},
    }
    page = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "name": "Geld",
        "inLanguage": "de-DE",
        "publisher": {"name": "Stadt"},
        "mainEntity": [question],
    }
    document = read_written("a.json", wrap.format(json.dumps(page)))
    assert document.sections[0].text == "Wer zahlt?\nDer Verein.\n– immer"
    assert document.extracted == {"title": "Geld", "language": "de"}
    assert document.declared == {}
    assert document.unread == ("Die Angabe „publisher“ (Zeile 1) wurde nicht gelesen.",)


def test_incomplete_entries_and_unknown_fields_are_named_with_their_lines() -> None:
    document = read_written(
        "a.json", f'[{_PAIR},\n{{"frage": "Und dann?"}},\n{{"antwort": "Ja", "stand": 1}}]'
    )
    assert len(document.sections) == 1
    assert document.unread == (
        "Eintrag 2 (Zeile 2) hat keine Antwort.",
        "Eintrag 3 (Zeile 3) hat keine Frage.",
        "Eintrag 3 (Zeile 3): Das Feld „stand“ wurde nicht gelesen.",
    )


def test_captions_of_youtube_are_a_transcript() -> None:
    events = [{"tStartMs": 0, "dDurationMs": 2000, "segs": [{"utf8": "Guten Tag"}]}]
    (section,) = read_written("a.json", json.dumps({"wireMagic": "pb3", "events": events})).sections
    assert isinstance(section.location, TimeLocation)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"frage": "a",\n"frage": "b"}]', "Zeile 2 .*„frage“ steht zweimal"),
        ('[{"frage": "a",\n"antwort": NaN}]', "Zeile 2 .*NaN"),
        ('[{"frage": "a",\n"antwort": -Infinity}]', "Zeile 2 .*Infinity"),
        ('[{"frage": "a"\n"antwort": 1}]', "Zeile 2 .*fehlt ein „,“"),
        ('[{"frage": "a",}]', "Zeichen 16 .*Schlüssel"),
        ('[{"frage": "a', "Zeile 1, Zeichen 12 .*endet nicht"),
        ("[" * 100_000, "Verschachtelung"),
        (f"[{_PAIR}] x", "weiterer Text"),
        ("[1" + "0" * 9000 + "]", "Zahl"),
        ('[{"frage": "a",\n"antwort": {"x": 1}}]', "Eintrag 1, Feld „antwort“ .Zeile 2.* weitere Felder"),
        (f"[{_PAIR},\n7]", "Eintrag 2 .Zeile 2. hat keine Felder"),
        ('{"a": 1}', "keine Sammlung"),
        ('{"faq": 1}', "keine Sammlung"),
        ('"Text"', "keine Sammlung"),
        ("[]", "kein vollständiges Paar"),
    ],
)
def test_what_is_no_faq_is_one_sentence_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message) as caught:
        read_written("a.json", text)
    assert "\n" not in str(caught.value)


@ROUND_TRIP
@given(
    st.lists(st.tuples(st.lists(LINES, min_size=1, max_size=3), LINES), min_size=1, max_size=6),
    st.booleans(),
    st.none() | st.integers(0, 4),
)
def test_every_word_comes_out_once_and_in_order(
    pairs: list[tuple[list[str], str]], ascii_only: bool, indent: int | None
) -> None:
    entries = [{"fragen": questions, "antwort": answer} for questions, answer in pairs]
    text = json.dumps({"fragen": entries}, ensure_ascii=ascii_only, indent=indent)
    assert [section.text for section in read_written("a.json", text).sections] == [
        "\n".join([*questions, answer]) for questions, answer in pairs
    ]
