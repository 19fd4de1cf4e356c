"""Documents: the list, one with its text, and the file itself, which can be looked at and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from index.passage import Kind, Metadata
from ingest.companions import RECORDING_SUFFIXES
from ingest.readers import READERS
from search_api.originals import file_headers, media_type
from search_api.wire import to_document
from tests.search_api import materials
from tests.search_api.problem import detail_of

if TYPE_CHECKING:
    from pathlib import Path

    from httpx2 import Response  # what Starlette's test client returns

    from tests.search_api.house import House

TODAY = date(2026, 11, 22)
UNKNOWN = "00000000-0000-4000-8000-000000000000"
SOURCES = sorted(name for name in materials.files() if not name.endswith(".meta.yaml"))
MEDIA_TYPES = {
    "a.md": "text/markdown; charset=utf-8",
    "a.txt": "text/plain; charset=utf-8",
    "a.html": "text/html; charset=utf-8",
    "a.htm": "text/html; charset=utf-8",
    "a.HTML": "text/html; charset=utf-8",
    "a.vtt": "text/vtt; charset=utf-8",
    "a.csv": "text/csv; charset=utf-8",
    "a.srt": "application/x-subrip",
    "a.yaml": "application/yaml",
    "a.yml": "application/yaml",
    "a.pdf": "application/pdf",
    "a.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "a": "application/octet-stream",
    "a.exe": "application/octet-stream",
}


def file_of(house: House, source: str) -> Response:
    return house.client.get(f"/documents/{house.id_of(source)}/file")


def test_the_list_has_every_document_once_sorted_by_path(library: House) -> None:
    listed = library.client.get("/documents").json()
    assert listed["generation"] == "g000001"
    assert [each["source"] for each in listed["documents"]] == SOURCES


def test_a_listed_document_shows_its_metadata_and_how_many_passages_it_has(library: House) -> None:
    listed = {each["source"]: each for each in library.client.get("/documents").json()["documents"]}
    handbook, sheet = listed["handbuch/reisen.md"], listed["foerderung/stiftung.html"]
    assert (handbook["title"], handbook["topics"]) == ("Reisen vorbereiten", ["versicherung", "fahrten"])
    assert (handbook["passages"], handbook["expired"]) == (2, False)
    assert (sheet["expired"], sheet["funding"]["funder"]) == (True, "Landesstiftung")
    assert listed["transkripte/sprechstunde.vtt"]["recorded_on"] == "2026-03-05"


def test_a_document_has_its_passages_in_reading_order(library: House) -> None:
    found = library.client.get(f"/documents/{library.id_of('handbuch/reisen.md')}").json()
    assert set(found) == {"document", "passages"}
    assert found["document"]["source"] == "handbuch/reisen.md"
    assert [passage["text"].split(".")[0] for passage in found["passages"]] == [
        "Wer bezahlt den Bus? Den Bus bezahlt der Verein vorab",
        "Gastfamilien melden sich bis Ostern",
    ]
    assert all(set(each) == {"passage_id", "text", "heading", "location"} for each in found["passages"])


def test_pages_of_a_document_come_in_order_with_their_labels(library: House) -> None:
    found = library.client.get(f"/documents/{library.id_of('studien/wirkung.pdf')}").json()
    assert [passage["location"] for passage in found["passages"]] == [
        {"type": "page", "page": 1, "label": "i"},
        {"type": "page", "page": 2, "label": "ii"},
    ]


def test_a_hit_leads_to_its_document_and_passage(library: House) -> None:
    (hit, *_) = library.search("Wer bezahlt den Bus?").json()["hits"]
    found = library.client.get(f"/documents/{hit['document']['id']}").json()
    assert found["document"] == hit["document"]
    shown = {key: hit[key] for key in ("passage_id", "text", "heading", "location")}
    assert shown in found["passages"]


@pytest.mark.parametrize("path", [f"/documents/{UNKNOWN}", f"/documents/{UNKNOWN}/file"])
def test_an_unknown_document_is_a_problem_that_says_where_to_look(library: House, path: str) -> None:
    assert "GET /documents" in detail_of(library.client.get(path), 404)


@pytest.mark.parametrize("name", ["1", "handbuch", "..", "%2e%2e%2fpyproject.toml", "x" * 4_000, "🙂"])
@pytest.mark.parametrize("ending", ["", "/file"])
def test_what_is_no_document_id_is_refused(library: House, name: str, ending: str) -> None:
    answer = library.client.get(f"/documents/{quote(name)}{ending}")
    assert answer.status_code in {404, 422}
    detail_of(answer, answer.status_code)


def test_a_word_in_place_of_an_id_is_told_what_an_id_is(library: House) -> None:
    assert "Kennung aus GET /documents" in detail_of(library.client.get("/documents/handbuch"), 422)


@pytest.mark.parametrize("source", SOURCES)
def test_a_file_comes_byte_for_byte_to_be_shown_under_its_own_name(library: House, source: str) -> None:
    answer = file_of(library, source)
    assert answer.status_code == 200
    assert answer.content == (library.corpus / source).read_bytes()
    name = PurePosixPath(source).name
    disposition = answer.headers["content-disposition"]
    assert disposition in {f'inline; filename="{name}"', f"inline; filename*=utf-8''{quote(name)}"}


@pytest.mark.parametrize("source", SOURCES)
def test_a_file_can_do_nothing_in_the_browser(library: House, source: str) -> None:
    headers = file_of(library, source).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers.get("content-security-policy", "")
    if source.endswith(".pdf"):
        assert policy == ""  # browsers show no PDF inside a sandbox
    else:
        assert "sandbox" in policy.split("; ")
        assert "default-src 'none'" in policy


def test_the_name_of_a_file_keeps_its_umlauts(library: House) -> None:
    disposition = file_of(library, "handbuch/Grüße & Öffnung.txt").headers["content-disposition"]
    assert disposition == "inline; filename*=utf-8''Gr%C3%BC%C3%9Fe%20%26%20%C3%96ffnung.txt"


def test_an_old_text_file_is_shown_with_its_umlauts(library: House) -> None:
    answer = file_of(library, "handbuch/Grüße & Öffnung.txt")
    assert answer.headers["content-type"] == "text/plain; charset=windows-1252"
    assert answer.text == "Grüße übermittelt die Bürgermeisterin."


@pytest.mark.parametrize(("name", "expected"), MEDIA_TYPES.items())
def test_every_kind_of_file_has_its_media_type(tmp_path: Path, name: str, expected: str) -> None:
    path = tmp_path / name
    path.write_text("Grüße", encoding="utf-8")
    assert media_type(path) == expected


def test_everything_that_can_be_read_has_a_media_type(tmp_path: Path) -> None:
    for suffix in READERS:
        path = tmp_path / f"a{suffix}"
        path.write_text("x", encoding="utf-8")
        assert media_type(path) != "application/octet-stream", suffix


@pytest.mark.parametrize("suffix", [*sorted(READERS), ".svg", ""])
def test_only_what_a_player_shows_goes_without_a_sandbox(tmp_path: Path, suffix: str) -> None:
    """Browsers neither show a PDF nor play a recording inside one."""
    is_played = suffix in {".pdf", *RECORDING_SUFFIXES}
    for name in (f"a{suffix}", f"a{suffix.upper()}"):
        assert ("Content-Security-Policy" not in file_headers(tmp_path / name)) == is_played


@pytest.mark.parametrize(
    ("raw", "charset"),
    [
        ("Grüße".encode(), "utf-8"),
        ("Grüße".encode("utf-8-sig"), "utf-8"),
        ("Grüße".encode("cp1252"), "windows-1252"),
        ("Grüße".encode("utf-16"), "utf-16"),
        (b"", "utf-8"),
        (b"plain", "utf-8"),
        ("ü".encode() * 600_000, "utf-8"),
        (b"x" + "ü".encode() * 600_000, "utf-8"),  # a letter lies across every even place
        (b"xx" + "€".encode() * 400_000, "utf-8"),
        ("🙂".encode() * 300_000, "utf-8"),
    ],
    ids=[
        "utf-8",
        "bom",
        "cp1252",
        "utf-16",
        "empty",
        "ascii",
        "long-even",
        "long-odd",
        "long-euro",
        "long-emoji",
    ],
)
def test_the_encoding_of_a_text_is_told_to_the_browser(tmp_path: Path, raw: bytes, charset: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    assert media_type(path) == f"text/plain; charset={charset}"


def test_a_saved_page_is_shown_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "partner.html"
    path.write_bytes('<meta charset="iso-8859-2"><p>Gmina Żabno zaprasza</p>'.encode("iso-8859-2"))
    told = media_type(path).removeprefix("text/html").removeprefix("; charset=")
    assert "Żabno" in path.read_bytes().decode(told or "iso-8859-2")  # told nothing, a browser reads the page


def test_a_file_that_is_gone_is_named(house: House) -> None:
    path = house.write("handbuch/weg.md", "# Weg\n\nBald ist diese Datei weg.\n")
    house.publish()
    path.unlink()
    assert "»handbuch/weg.md«" in detail_of(file_of(house, "handbuch/weg.md"), 404)


def test_a_mail_is_read_but_its_file_with_names_and_addresses_is_not_served(house: House) -> None:
    house.write(
        "handbuch/brief.eml",
        "From: Erika Muster <erika@example.org>\nSubject: Rundbrief Mai\n\nDas Fest beginnt um drei Uhr.\n",
    )
    house.publish()
    found = house.client.get(f"/documents/{house.id_of('handbuch/brief.eml')}").json()
    assert [passage["text"] for passage in found["passages"]] == ["Das Fest beginnt um drei Uhr."]
    answer = file_of(house, "handbuch/brief.eml")
    assert "nur der Text" in detail_of(answer, 404)
    assert "erika" not in answer.text


def test_its_text_can_still_be_read_when_the_file_is_gone(house: House) -> None:
    path = house.write("handbuch/weg.md", "# Weg\n\nBald ist diese Datei weg.\n")
    house.publish()
    path.unlink()
    found = house.client.get(f"/documents/{house.id_of('handbuch/weg.md')}").json()
    assert [passage["text"] for passage in found["passages"]] == ["Bald ist diese Datei weg."]


def test_nothing_outside_the_corpus_is_served_even_through_a_link(house: House, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.md"
    secret.write_text("Passwort", encoding="utf-8")
    path = house.write("handbuch/a.md", "# A\n\nHarmloser Text.\n")
    house.publish()
    path.unlink()
    path.symlink_to(secret)
    answer = file_of(house, "handbuch/a.md")
    detail_of(answer, 404)
    assert "Passwort" not in answer.text


def test_a_folder_linked_to_the_outside_serves_nothing_either(house: House, tmp_path: Path) -> None:
    path = house.write("handbuch/a.md", "# A\n\nHarmloser Text.\n")
    house.publish()
    outside = tmp_path / "draussen"
    path.parent.rename(outside)
    (house.corpus / "handbuch").symlink_to(outside)
    detail_of(file_of(house, "handbuch/a.md"), 404)


def test_a_link_to_itself_is_a_missing_file_and_no_crash(house: House) -> None:
    path = house.write("handbuch/a.md", "# A\n\nHarmloser Text.\n")
    house.publish()
    path.unlink()
    path.symlink_to(path)
    detail_of(file_of(house, "handbuch/a.md"), 404)


def test_a_folder_in_place_of_the_file_is_a_missing_file(house: House) -> None:
    path = house.write("handbuch/a.md", "# A\n\nHarmloser Text.\n")
    house.publish()
    path.unlink()
    path.mkdir()
    detail_of(file_of(house, "handbuch/a.md"), 404)


def test_a_link_within_the_corpus_is_fine(house: House) -> None:
    path = house.write("handbuch/a.md", "# A\n\nHarmloser Text.\n")
    house.publish()
    path.rename(house.corpus / "handbuch" / "b.md")
    path.symlink_to(house.corpus / "handbuch" / "b.md")
    assert file_of(house, "handbuch/a.md").status_code == 200


def test_only_a_machines_transcript_is_said_to_be_one() -> None:
    heard = to_document("a.vtt", Metadata("Vortrag", Kind.TRANSKRIPTE, automatic=True), TODAY)
    written = to_document("a.vtt", Metadata("Vortrag", Kind.TRANSKRIPTE), TODAY)
    assert heard.model_dump(mode="json")["automatic"] is True
    assert heard.model_dump().keys() - written.model_dump().keys() == {"automatic"}
