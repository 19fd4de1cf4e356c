from __future__ import annotations

import pytest

from ingest.file_titles import title_of_file


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("foerderung/2026-03_flyer-cerv_final_v2.pdf", "Flyer cerv, März 2026"),
        ("20260301 Protokoll.docx", "Protokoll, 1. März 2026"),
        ("2026_bericht.pdf", "Bericht 2026"),
        ("2026.pdf", "2026"),
        ("1999-2009 chronik.md", "1999 2009 chronik"),
        ("2026-13_x.pdf", "2026 13 x"),
        ("112_notruf.md", "112 notruf"),
        ("Satzung (2).pdf", "Satzung"),
        ("Kopie.pdf", "Kopie"),
        ("vortrag.de.vtt", "Vortrag"),
        ("ohne%20Namen.txt", "Ohne Namen"),
        ("---.txt", "---.txt"),
    ],
)
def test_a_files_name_becomes_a_title(source: str, title: str) -> None:
    assert title_of_file(source) == title
