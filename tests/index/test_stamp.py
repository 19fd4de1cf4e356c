"""The stamp: only vectors made alike may meet, and the refusal says what to do."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace

import pytest

from index.errors import StampMismatchError
from index.stamp import Stamp

HERE = Stamp("modell-a", "1", "query: ", "passage: ", 384)
CHANGES: list[tuple[str, str | int, str]] = [
    ("model", "modell-b", "Modell »modell-b« statt »modell-a«"),
    ("revision", "2", "Modellfassung »2« statt »1«"),
    ("query_prefix", "Frage: ", "Vorsatz der Fragen »Frage: « statt »query: «"),
    ("passage_prefix", "", "Vorsatz der Textstellen »« statt »passage: «"),
    ("dimension", 768, "Vektorlänge »768« statt »384«"),
    ("schema", 99, f"Aufbau »99« statt »{HERE.schema}«"),
    ("analyser", 99, f"Wortzerlegung »99« statt »{HERE.analyser}«"),
    ("chunker", 99, f"Textzerlegung »99« statt »{HERE.chunker}«"),
]


def refusal(stored: Stamp) -> str:
    with pytest.raises(StampMismatchError) as caught:
        HERE.require(stored)
    return str(caught.value)


def test_an_equal_stamp_is_fine() -> None:
    HERE.require(replace(HERE))


def test_every_part_of_the_stamp_is_tried_here() -> None:
    assert [name for name, _, _ in CHANGES] == [field.name for field in fields(Stamp)]


@pytest.mark.parametrize(("part", "stored", "sentence"), CHANGES)
def test_a_difference_is_named_in_german_with_the_command_that_mends_it(
    part: str, stored: str | int, sentence: str
) -> None:
    message = refusal(Stamp(**{**asdict(HERE), part: stored}))
    assert message == (
        f"Der Bestand wurde anders erstellt als hier eingestellt: {sentence}. "
        "Erstellen Sie ihn neu mit »make start« oder, in .venv, mit »python -m ingest« "
        "(oder stellen Sie KB_MODEL zurück)."
    )


def test_all_differences_are_named_and_nothing_else() -> None:
    message = refusal(replace(HERE, model="modell-b", dimension=768))
    assert "Modell »modell-b« statt »modell-a«, Vektorlänge »768« statt »384«." in message
    assert "Aufbau" not in message


def test_a_stamp_survives_being_stored_as_json() -> None:
    HERE.require(Stamp(**json.loads(json.dumps(asdict(HERE)))))
