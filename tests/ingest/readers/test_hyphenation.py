from __future__ import annotations

import pytest

from ingest.readers.hyphenation import join_lines


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Städte-", "partnerschaft"], "Städtepartnerschaft"),
        (["NRW-", "Weit"], "NRW-Weit"),
        (["EU-", "weit gültig"], "EU-weit gültig"),
        (["Vor-", "und Nachteile"], "Vor- und Nachteile"),
        (["Ein-", "oder Ausreise"], "Ein- oder Ausreise"),
        (["Vor- und", "Nachteile"], "Vor- und Nachteile"),
        (["Hin-", "sowie Rückfahrt"], "Hin- sowie Rückfahrt"),
        (["Montag-", "bis Freitag"], "Montag- bis Freitag"),
        (["Verun-", "dung"], "Verundung"),
        (["Deutsch-", "Französisches Jugendwerk"], "Deutsch-Französisches Jugendwerk"),
        (["2021-", "2027"], "2021-2027"),
        (["Städte\u00ad", "partnerschaft"], "Städtepartnerschaft"),
        (["Städte\u00adpartner"], "Städtepartner"),
        (["Der Satz –", "mit Strich"], "Der Satz – mit Strich"),
        (["ein Wort -", "noch eins"], "ein Wort - noch eins"),
        (["ein", "", "Wort"], "ein Wort"),
        ([], ""),
    ],
)
def test_words_broken_at_line_ends(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined
