"""`python -m ingest generations`: what is said of a generation was so."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ingest.__main__ import main
from ingest.generation_list import took_effect
from ingest.publishing.journal import Journal, JournalEntry, Step
from ingest.publishing.publisher import Publisher
from tests.ingest.corpora import embedded, ingest, write

if TYPE_CHECKING:
    from pathlib import Path

    from index.embedded.collection import EmbeddedCollection
    from tests.fake_encoder import WordEncoder

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


class KilledError(Exception):
    """The process ends here."""


def entry(minute: int, step: Step, generation: str, former: str | None) -> JournalEntry:
    return JournalEntry(AT + timedelta(minutes=minute), step, generation, former)


FIRST = entry(0, Step.PUBLISHED, "g000001", None)
SECOND = entry(1, Step.PUBLISHED, "g000002", "g000001")
BACK = entry(2, Step.ROLLED_BACK, "g000001", "g000002")
THIRD = entry(3, Step.PUBLISHED, "g000003", "g000001")
ELSEWHERE = entry(4, Step.RESTORED, "g000001", None)


@pytest.mark.parametrize(
    ("entries", "published", "begun"),
    [
        ([], None, []),
        ([FIRST], "g000001", []),
        ([FIRST, SECOND], "g000002", []),
        ([FIRST, SECOND], "g000001", [SECOND]),  # killed before the swap, and nothing came after it
        ([FIRST, SECOND, THIRD], "g000003", [SECOND]),  # what came after it began with the one before
        ([FIRST, SECOND, BACK], "g000001", []),
        ([FIRST, SECOND, BACK], "g000002", [BACK]),
        ([FIRST], None, [FIRST]),
        ([FIRST, SECOND, ELSEWHERE], "g000001", []),  # the journal of another machine
    ],
)
def test_what_was_written_down_and_never_happened_is_known_by_what_followed(
    entries: list[JournalEntry], published: str | None, begun: list[JournalEntry]
) -> None:
    found = took_effect(entries, published)
    assert [each for each in entries if not found[each]] == begun


def killed_before_the_swap(collection: EmbeddedCollection, monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process tidies nothing up."""

    def end(_: object) -> None:
        raise KilledError

    monkeypatch.setattr(collection, "publish", end)
    monkeypatch.setattr(collection, "delete", lambda _: None)


def test_a_publication_that_was_killed_before_the_swap_is_not_called_one(
    tmp_path: Path,
    encoder: WordEncoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KB_DATA", str(tmp_path))
    corpus, journal = tmp_path / "corpus", Journal(tmp_path)
    write(corpus, {"a.md": "Text."})
    first = embedded(tmp_path)
    ingest(corpus, first, encoder, publisher=Publisher(first, journal=journal))
    write(corpus, {"b.md": "Mehr."})
    dying = embedded(tmp_path)
    killed_before_the_swap(dying, monkeypatch)
    with pytest.raises(KilledError):
        ingest(corpus, dying, encoder, publisher=Publisher(dying, journal=journal))
    assert main(["generations", "--json"]) == 0
    told = capsys.readouterr()
    killed, begun, served, done = told.err.splitlines()
    assert killed.startswith("  g000002")
    assert begun.endswith("Veröffentlichen begonnen, aber nicht beendet")
    assert served.startswith("→ g000001")
    assert done.endswith("veröffentlicht")
    listed: list[dict[str, Any]] = json.loads(told.out)["generations"]
    assert [(each["id"], each["steps"][0]["took_effect"]) for each in listed] == [
        ("g000002", False),
        ("g000001", True),
    ]
