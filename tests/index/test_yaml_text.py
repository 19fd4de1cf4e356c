"""YAML from people: nothing unfolds, nothing runs, every complaint names its line."""

from __future__ import annotations

from datetime import date

import pytest

from index import yaml_text
from index.errors import UnreadableSourceError
from index.yaml_text import compose, key_lines, load


def test_plain_values_come_in_their_types() -> None:
    assert load("a: 1\nb: [x, 2026-03-01]\nc: no\n") == {"a": 1, "b": ["x", date(2026, 3, 1)], "c": False}
    assert load("# nichts\n") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x [1]\nb: *x\n", "Zeile 2 .*Verweise"),
        ("a: 1\nb: 2\na: 3\n", "Zeile 3 .*„a“ steht zweimal"),
        ("a:\n  - [b, c\n", "Zeile"),
        ("a: 2026-02-31\n", "Zeile 1 .*„2026-02-31“ gibt es nicht"),
        ("a: !!python/object/apply:os.getcwd []\n", "Zeile 1"),
        ("[" * 50_000, "nicht lesbar"),
        ("a: 1\nb: \x01\n", "Zeile 2 ein unsichtbares Zeichen"),
        ("a: Reise: Geld\n", "Zeile 1 .*Doppelpunkt mitten im Text"),
        ("a:\n\t- b\n", "Zeile 2 .*Tabulator"),
        ("a: 'b\n", "Anführungszeichen wird nicht geschlossen"),
        ("a: 1\n b: 2\n", "Zeile 2 .*Doppelpunkt mitten"),
        ("a:\n  - b\n - c\n", "Zeile 3 .*anders eingerückt"),
        ("a: 1\nb\n", "Zeile 3 .*fehlt der Doppelpunkt"),
        ("a: !wichtig\n", "Zeile 1 .*Ausrufezeichen"),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        load(text)


def test_lines_are_counted_from_where_the_text_stands() -> None:
    with pytest.raises(UnreadableSourceError, match="Zeile 12 "):
        load("a: 1\na: 2\n", first_line=11)
    assert key_lines(compose("a: 1\n\nb: 2\n"), first_line=2) == {"a": 2, "b": 4}
    assert key_lines(compose("- a\n")) == key_lines(None) == {}


def test_an_alias_bomb_does_not_go_off() -> None:
    bomb = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 30))
    with pytest.raises(UnreadableSourceError, match="Verweise"):
        load(bomb)


def test_a_text_that_would_take_minutes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "MAX_CHARACTERS", 10)
    with pytest.raises(UnreadableSourceError, match="zu lang"):
        load("a: " + "x" * 20)
