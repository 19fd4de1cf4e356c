from __future__ import annotations

import pytest

from ingest.readers.tables import grid_text, row_lines, table_text


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["Name", "Unterschrift"], ["", ""]], "Name | Unterschrift"),  # a list to be filled in by hand
        ([["Posten", "Betrag", "Beleg"], ["Bus", "300 €", ""]], "Beleg\nPosten: Bus; Betrag: 300 €"),
        ([["Posten", "Kosten", ""], ["Bus", "", "300 €"]], "Kosten\nPosten: Bus; 300 €"),  # spans two columns
        ([["Posten", "Betrag"], ["Bus"]], "Betrag\nPosten: Bus"),
        ([["Posten", "Betrag"], ["Bus", "300 €"]], "Posten: Bus; Betrag: 300 €"),
    ],
)
def test_names_of_empty_columns_are_kept(rows: list[list[str]], words: str) -> None:
    assert grid_text(rows) == words


def test_a_table_that_is_nothing_but_its_header_is_one_line() -> None:
    assert table_text(["Posten", "Betrag"], []) == "Posten | Betrag"


def test_rows_that_go_on_do_not_say_names_of_empty_columns_again() -> None:
    assert row_lines(["Posten", "Beleg"], [["Bus", ""], ["", ""]]) == ["Posten: Bus"]
