from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das gilt z. B. für Busse. Mehr nicht.", ["Das gilt z. B. für Busse.", "Mehr nicht."]),
        (
            "Am 3. Mai beginnt es. Der Rat tagt am 12. Juni.",
            ["Am 3. Mai beginnt es.", "Der Rat tagt am 12. Juni."],
        ),
        ("Nach § 651a Abs. 5 Nr. 1 BGB gilt das nicht.", ["Nach § 651a Abs. 5 Nr. 1 BGB gilt das nicht."]),
        ("Frau Dr. Muster sprach. Alle klatschten!", ["Frau Dr. Muster sprach.", "Alle klatschten!"]),
        ("Er fragte: „Wer zahlt?“ Niemand.", ["Er fragte: „Wer zahlt?“", "Niemand."]),
        ("Es kostet 10.000 Euro. 2018 war es weniger.", ["Es kostet 10.000 Euro.", "2018 war es weniger."]),
        ("– Versicherung\n– Anmeldung\n", ["– Versicherung", "– Anmeldung"]),
        ("Kopf: Wert; Zahl: 3\n12\nSchluss", ["Kopf: Wert; Zahl: 3", "12\nSchluss"]),
        ("Ende.\n42", ["Ende.\n42"]),
        ("12 345", ["12 345"]),
    ],
)
def test_german_sentences_end_where_a_reader_says(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="aB .!?\n1„“z", min_size=1, max_size=80).filter(str.strip))
def test_no_character_but_blanks_is_lost_or_doubled(text: str) -> None:
    spans = sentence_spans(text)
    joined = "".join(text[span.start : span.end] for span in spans)
    assert "".join(joined.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.start < span.end for span in spans)
