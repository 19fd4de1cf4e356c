"""A corpus in which every kind of location, of metadata and of file occurs once."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # it carries no types

FAQ_QUESTION = "Wer haftet für Schäden in der Gastfamilie?"
FAQ_ANSWER = "Die private Haftpflicht des Gastes haftet für Schäden in der Gastfamilie."

HANDBOOK = """---
title: Reisen vorbereiten
year: 2026
topics: [versicherung, fahrten]
countries: [fr, pl]
audiences: [verein]
url: https://example.org/reisen
valid_from: 2026-01-01
last_checked: 2026-10-01
licence: CC BY 4.0
---
# Reisen vorbereiten

## Fahrten

### Der Bus

Wer bezahlt den Bus? Den Bus bezahlt der Verein vorab. Nach der Reise erstattet die Stadt die Hälfte.

## Unterkunft

Gastfamilien melden sich bis Ostern. Betten gibt es auch in der Jugendherberge.
"""
FAQ = f"""title: Häufige Fragen zur Haftung
year: 2025
topics: [haftung]
audiences: [gastfamilie, verein]
fragen:
  - frage: {FAQ_QUESTION}
    antwort: {FAQ_ANSWER}
  - frage: Dürfen Fotos ins Internet?
    antwort: Nur mit Einwilligung der Abgebildeten.
"""
RECORDING = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Beraterin>Guten Tag in der Sprechstunde.

00:01:10.500 --> 00:01:14.000
<v Beraterin>Das Protokoll schreibt immer die gastgebende Stadt.
"""
RECORDING_METADATA = """title: Sprechstunde im März
recorded_on: 2026-03-05
video_url: https://example.org/sprechstunde.mp4
"""
EXPIRED_SHEET = """<!doctype html><html lang="de"><head><title>Zuschuss der Landesstiftung</title></head>
<body><main><h1>Zuschuss der Landesstiftung</h1><h2 id="antrag">Antrag</h2>
<p>Der Zuschuss für Jubiläen beträgt 500 Euro. Der Antrag endet im Herbst.</p>
<script>alert(1)</script></main></body></html>
"""
EXPIRED_METADATA = """valid_until: 2026-11-21
funder: Landesstiftung
applicants: [Verein, Kommune]
amount_max: 500
funding_rate: 0.5
prefinancing: true
deadline: 31. Oktober
"""
CURRENT_SHEET = """---
title: Zuschuss des Bundes
valid_until: 2026-11-22
---
# Zuschuss des Bundes

Der Zuschuss für Jubiläen beträgt 900 Euro.
"""
FRENCH_PAGE = """---
title: Jumelage
language: fr
countries: [fr]
---
# Jumelage

Le comité de jumelage prépare le voyage avec la mairie.
"""


def files() -> dict[str, str | bytes]:
    """Return the corpus: paths with contents."""
    return {
        "handbuch/reisen.md": HANDBOOK,
        "handbuch/jumelage.md": FRENCH_PAGE,
        "handbuch/Grüße & Öffnung.txt": "Grüße übermittelt die Bürgermeisterin.".encode("cp1252"),
        "faq/haftung.yaml": FAQ,
        "transkripte/sprechstunde.vtt": RECORDING,
        "transkripte/sprechstunde.vtt.meta.yaml": RECORDING_METADATA,
        "foerderung/stiftung.html": EXPIRED_SHEET,
        "foerderung/stiftung.html.meta.yaml": EXPIRED_METADATA,
        "foerderung/bund.md": CURRENT_SHEET,
        "studien/wirkung.pdf": pdf(["Ein Vorwort steht am Anfang.", "Partnerschaften wirken lange nach."]),
    }


def pdf(pages: list[str]) -> bytes:
    """Return a PDF with a line on each page; pages are labelled i, ii and so on."""
    drawn, labelled = io.BytesIO(), io.BytesIO()
    canvas = Canvas(drawn, invariant=1)
    for line in pages:
        canvas.drawString(72, 780, line)
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(drawn))
    writer.set_page_label(0, len(pages) - 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.write(labelled)
    return labelled.getvalue()
