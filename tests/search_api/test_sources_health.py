"""`GET /sources/health`: what the staff should look at, also among what could not be taken in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from index.last_run import FILE_NAME, LastRun, Unpublished, write_last_run
from tests.search_api.problem import detail_of

if TYPE_CHECKING:
    from tests.search_api.house import House

RAN = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
SHEET = (
    "---\nfunder: Land\ndeadline: 31. Mai\nvalid_until: {until}\n---\n# {title}\n\nDas Land zahlt 500 Euro.\n"
)


def health(house: House) -> dict[str, Any]:
    answer = house.client.get("/sources/health")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def graded(house: House) -> list[tuple[str, str]]:
    return [(each["source"], each["grade"]) for each in health(house)["sources"]]


def reasons(house: House, source: str) -> str:
    (found,) = [each["reasons"] for each in health(house)["sources"] if each["source"] == source]
    return " ".join(found)


@pytest.fixture
def published(house: House) -> House:
    """A green and three yellow sources; the validity of one ends soon, of one it is over."""
    house.write("foerderung/bald.md", SHEET.format(until="2026-12-24", title="Zuschuss für Fahrten"))
    house.write("foerderung/vorbei.md", SHEET.format(until="2026-11-21", title="Preisgeld"))
    house.write("handbuch/alt.md", "---\nlast_checked: 2024-01-31\n---\n# Bus\n\nDer Bus fährt.\n")
    house.write("handbuch/gut.md", "---\ntitle: Gutes Handbuch\nlast_checked: 2026-10-01\n---\nAlles gut.\n")
    house.publish()
    return house


def test_yellow_comes_before_green_and_each_is_counted(published: House) -> None:
    write_last_run(published.data, LastRun(RAN, {}))
    assert graded(published) == [
        ("foerderung/bald.md", "yellow"),
        ("foerderung/vorbei.md", "yellow"),
        ("handbuch/alt.md", "yellow"),
        ("handbuch/gut.md", "green"),
    ]
    found = health(published)
    assert found["counts"] == {"green": 1, "yellow": 3, "red": 0}
    assert (found["as_of"], found["note"]) == ("2026-11-21T18:30:00Z", None)
    assert found["sources"][-1] == {
        "source": "handbuch/gut.md",
        "document_id": published.id_of("handbuch/gut.md"),
        "title": "Gutes Handbuch",
        "kind": "handbuch",
        "grade": "green",
        "reasons": [],
    }


def test_what_the_calendar_says_is_true_on_the_day_of_the_question(published: House) -> None:
    assert "endet am 24.12.2026" in reasons(published, "foerderung/bald.md")
    assert "ist am 21.11.2026 abgelaufen" in reasons(published, "foerderung/vorbei.md")
    assert "am 31.1.2024" in reasons(published, "handbuch/alt.md")


def test_a_source_that_failed_is_red_and_comes_first(published: House) -> None:
    failed = {"studien/kaputt.pdf": "Die PDF-Datei ist beschädigt.", "lose.docx": "Die Datei ist leer."}
    write_last_run(published.data, LastRun(RAN, failed))
    first, second, *_ = health(published)["sources"]
    assert first == {
        "source": "lose.docx",
        "document_id": None,
        "title": "lose.docx",
        "kind": None,
        "grade": "red",
        "reasons": ["Die Datei ist leer."],
    }
    assert (second["source"], second["kind"], second["grade"]) == ("studien/kaputt.pdf", "studien", "red")
    assert health(published)["counts"] == {"green": 1, "yellow": 3, "red": 2}


def test_a_failed_source_whose_former_version_serves_is_listed_once(published: House) -> None:
    write_last_run(published.data, LastRun(RAN, {"handbuch/gut.md": "Die Datei ist leer."}))
    (found,) = [each for each in health(published)["sources"] if each["source"] == "handbuch/gut.md"]
    assert (found["grade"], found["title"]) == ("red", "Gutes Handbuch")
    assert found["document_id"] == published.id_of("handbuch/gut.md")
    assert found["reasons"][0] == "Die Datei ist leer."
    assert "frühere Fassung" in found["reasons"][1]


def test_what_reading_found_is_told_without_reading_again(house: House) -> None:
    house.write("foerderung/ohne.md", "# Zuschuss\n\nEs gibt Geld.\n")
    house.publish()
    (house.corpus / "foerderung/ohne.md").unlink()
    assert "Fördergeber" in reasons(house, "foerderung/ohne.md")


@pytest.mark.parametrize("account", [None, b"", b"{", b'{"as_of": 5}', b"\xff\xfe", b'{"failed": []}'])
def test_without_an_account_of_the_last_run_the_published_sources_are_listed(
    published: House, account: bytes | None
) -> None:
    if account is not None:
        (published.data / FILE_NAME).write_bytes(account)
    found = health(published)
    assert found["as_of"] is None
    assert "nur die veröffentlichten" in found["note"]
    assert len(found["sources"]) == 4


def test_why_the_last_run_published_nothing_is_told(published: House) -> None:
    assert health(published)["unpublished"] is None
    reasons = ("Nicht veröffentlicht, denn die Suche würde schlechter:", "  recall@5 fiel")
    write_last_run(published.data, LastRun(RAN, {}, unpublished=Unpublished(RAN, reasons)))
    assert health(published)["unpublished"] == {"at": "2026-11-21T18:30:00Z", "reasons": list(reasons)}
    write_last_run(published.data, LastRun(RAN, {}))
    assert health(published)["unpublished"] is None


def test_a_first_run_that_came_to_nothing_is_no_account_of_the_sources(published: House) -> None:
    write_last_run(published.data, LastRun(None, {}, unpublished=Unpublished(RAN, ("Kein Platz.",))))
    found = health(published)
    assert (found["as_of"], found["unpublished"]["reasons"]) == (None, ["Kein Platz."])
    assert "nur die veröffentlichten" in found["note"]


def test_nothing_published_is_a_problem_as_everywhere(house: House) -> None:
    assert "noch kein Bestand" in detail_of(house.client.get("/sources/health"), 503)
