"""`GET /documents/{id}/pages/{n}.png`: what the browser gets, and what people are told who get nothing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from search_api.page_pictures.drawing import PagePictures
from tests.search_api import materials
from tests.search_api.problem import detail_of

if TYPE_CHECKING:
    from httpx2 import Response  # what Starlette's test client returns

    from tests.search_api.house import House

SOURCE = "studien/wirkung.pdf"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def asked(house: House, page: int = 2, source: str = SOURCE, **parameters: str | int) -> Response:
    return house.client.get(f"/documents/{house.id_of(source)}/pages/{page}.png", params=parameters)


def yellow(answer: Response) -> int:
    """Return how many pixels are marked."""
    assert answer.status_code == 200, answer.text
    blue = Image.open(io.BytesIO(answer.content)).convert("RGB").getchannel("B")
    return sum(blue.histogram()[70:170])


def test_a_hit_on_a_page_has_its_picture_with_the_passage_marked(library: House) -> None:
    (hit, *_) = library.search("Wie wirken Partnerschaften nach?").json()["hits"]
    assert hit["document"]["source"] == SOURCE
    marked = asked(library, hit["location"]["page"], passage=hit["passage_id"], **hit["highlight"])
    assert marked.headers["content-type"] == "image/png"
    assert marked.headers["x-content-type-options"] == "nosniff"
    assert yellow(marked) > yellow(asked(library, hit["location"]["page"])) + 2_000
    assert Image.open(io.BytesIO(asked(library, width=300).content)).width == 300


def test_a_browser_keeps_it_for_as_long_as_it_is_the_same(house: House) -> None:
    house.write(SOURCE, materials.pdf(["Partnerschaften wirken."]))
    house.publish()
    first = asked(house, 1)
    assert first.headers["cache-control"].startswith("private")
    known = {"If-None-Match": first.headers["etag"]}
    path = f"/documents/{house.id_of(SOURCE)}/pages/1.png"
    again = house.client.get(path, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    house.write(SOURCE, materials.pdf(["Partnerschaften wirken lange."]))
    house.publish()
    changed = house.client.get(path, headers=known)
    assert changed.status_code == 200
    assert changed.content != first.content


def test_what_was_published_is_drawn_or_nothing(house: House) -> None:
    path = house.write(SOURCE, materials.pdf(["Partnerschaften wirken."]))
    house.publish()
    path.write_bytes(materials.pdf(["Noch geheim."]))
    assert "hat sich geändert" in detail_of(asked(house, 1), 404)
    path.unlink()
    assert "liegt nicht mehr im Ordner" in detail_of(asked(house, 1), 404)


@pytest.mark.parametrize(
    ("page", "parameters", "status", "told"),
    [
        (3, {}, 404, "Diese Seite gibt es in der Datei nicht."),
        (1, {"passage": UNKNOWN}, 404, "Diese Textstelle gibt es in der Quelle nicht"),
        (0, {}, 422, "»page« muss eine Seitenzahl ab 1 sein"),
        (1, {"width": "299"}, 422, "»width« muss eine Breite von 300 bis 2000 sein"),
        (1, {"width": "2001"}, 422, "»width« muss"),
        (1, {"passage": "x"}, 422, "»passage« muss die Kennung einer Textstelle sein"),
        (1, {"start": "-1"}, 422, "»start« muss"),
        (1, {"zoom": "3"}, 422, "möglich sind passage, width, start, end"),
    ],
)
def test_what_cannot_be_drawn_is_one_sentence(
    library: House, page: int, parameters: dict[str, str], status: int, told: str
) -> None:
    assert told in detail_of(asked(library, page, **parameters), status)


def test_a_document_that_is_no_pdf_file_has_no_pages(library: House) -> None:
    assert "nur von PDF-Dateien" in detail_of(asked(library, 1, "handbuch/reisen.md"), 404)


def test_an_unknown_document_has_no_pages(library: House) -> None:
    assert "GET /documents" in detail_of(library.client.get(f"/documents/{UNKNOWN}/pages/1.png"), 404)


def test_a_page_that_takes_too_long_costs_nobody_the_search(house: House) -> None:
    house.write(SOURCE, materials.pdf(["Partnerschaften wirken."]))
    house.publish()
    house.pictures = PagePictures(whole_s=0.01)
    house.client = house.restarted()
    assert "dauert zu lange" in detail_of(asked(house, 1), 503)
    assert house.sources("Partnerschaften") == [SOURCE]
