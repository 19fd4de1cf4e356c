"""The ingestion: plan, then read and encode side by side, then publish in one step."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from index.errors import KnowledgeBaseError, NothingPublishedError
from index.thesaurus import FILE_NAME as THESAURUS
from index.thesaurus import check_thesaurus
from ingest.discover import compare, digest_of, discover, former_paths
from ingest.encoding import encode, pending
from ingest.lengths import mean_length, settle
from ingest.read_ahead import read_ahead
from ingest.report import Remark, Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.collection import Collection, Draft
    from index.encoder import PassageEncoder
    from index.passage import SourceEntry
    from index.stamp import Stamp
    from ingest.discover import Plan
    from ingest.encoding import PendingPassage
    from ingest.read_ahead import ReadSource
    from ingest.readers import Reader

_WINDOW = 64  # passages encoded together: enough to sort by length, 2 MB of vectors


class Progress(Protocol):
    """Is told how far an ingestion is."""

    def begin(self, sources: int) -> None:
        """Work on so many sources begins."""

    def source_done(self, source: str) -> None:
        """A source is read (or failed)."""

    def encoded(self, passages: int) -> None:
        """So many more passages are encoded and written."""


class Ingestion:
    """One run over a corpus. `load_encoder` is called only if something has to be encoded.

    `read` is called in a thread of its own: in the product `IsolatedReader.read`.
    """

    def __init__(  # noqa: PLR0913 - what a run is about, and the five things that it works with
        self,
        corpus: Path,
        collection: Collection,
        stamp: Stamp,
        load_encoder: Callable[[], PassageEncoder],
        progress: Progress,
        *,
        read: Reader,
    ) -> None:
        self._corpus = corpus
        self._collection = collection
        self._stamp = stamp
        self._load_encoder = load_encoder
        self._progress = progress
        self._read = read
        self._sources: dict[str, SourceEntry] = {}
        self._failed: list[Remark] = []
        self._unread: list[Remark] = []
        self._waiting: list[PendingPassage] = []
        self._passages = 0
        self._encoded = 0

    def run(self, *, dry_run: bool) -> Report:
        """Bring the published generation to the state of the corpus and say what was done.

        Raises:
            KnowledgeBaseError: nothing could be done at all; the published generation is untouched.
        """
        began = time.monotonic()
        found = discover(self._corpus)
        self._digest = digest_of(found)
        self._sources = {entry.source: entry for entry in self._published()}
        plan = compare(found, list(self._sources.values()))
        self._check_thesaurus()
        published = None
        if dry_run:
            self._look(plan)
        elif not plan.empty:
            published = self._apply(plan)
        return Report(
            plan=plan,
            dry_run=dry_run,
            published=published,
            passages=self._passages,
            encoded=self._encoded,
            failed=tuple(self._failed),
            unread=tuple(self._unread),
            sources=tuple(self._sources.values()),
            took_s=time.monotonic() - began,
        )

    def _check_thesaurus(self) -> None:
        """Name a mistake in the thesaurus to whoever has just saved it; the search keeps the former one."""
        try:
            check_thesaurus(self._corpus)
        except KnowledgeBaseError as error:
            self._unread.append(Remark(THESAURUS, str(error)))

    def _published(self) -> list[SourceEntry]:
        """Return the sources of the published generation; one with another stamp counts as none."""
        try:
            generation = self._collection.open()
        except NothingPublishedError:
            return []
        try:
            return generation.catalogue() if generation.stamp == self._stamp else []
        finally:
            generation.close()

    def _look(self, plan: Plan) -> None:
        """Read what is new or changed, so that what a real run would say of it is known before."""
        former = former_paths(plan)
        self._progress.begin(len(plan.to_read))
        for each in read_ahead(plan.to_read, self._read, _rough_tokens):
            self._note(each, former.get(each.found.source))
        for source in plan.removed:
            del self._sources[source]

    def _apply(self, plan: Plan) -> str | None:
        draft = self._collection.draft(self._stamp)
        try:
            draft.remove(plan.removed)
            self._fill(draft, plan)
            if len(self._failed) == len(plan.to_read) and not plan.removed:
                return None
            settle(draft)
            self._sources = {entry.source: entry for entry in draft.catalogue()}
            candidate = draft.finish(self._digest, datetime.now(UTC))
        finally:
            draft.discard()
        self._collection.publish(candidate)
        return candidate

    def _fill(self, draft: Draft, plan: Plan) -> None:
        former = former_paths(plan)
        self._progress.begin(len(plan.to_read))
        if not plan.to_read:
            return
        encoder = self._load_encoder()
        mean = mean_length(draft.catalogue())
        for each in read_ahead(plan.to_read, self._read, encoder.count_tokens, mean):
            self._take(each, former.get(each.found.source), draft)
            while len(self._waiting) >= _WINDOW:
                self._write(draft, encoder, _WINDOW)
        self._write(draft, encoder, len(self._waiting))

    def _note(self, each: ReadSource, former: str | None) -> None:
        """Remember what came of a source."""
        source = each.found.source
        self._progress.source_done(source)
        if each.entry is None:
            self._failed.append(Remark(source, each.reason or ""))
            return
        self._unread += [Remark(source, words) for words in each.unread]
        self._sources.pop(former or source, None)
        self._sources[source] = each.entry

    def _take(self, each: ReadSource, former: str | None, draft: Draft) -> None:
        self._note(each, former)
        if each.entry is None:
            return
        source = each.found.source
        stored = draft.vectors(former or source)
        moved = draft.passages(former) if former else ()
        draft.remove([former or source])
        self._waiting += pending(each.entry, each.passages, stored, moved)

    def _write(self, draft: Draft, encoder: PassageEncoder, count: int) -> None:
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        if not batch:
            return
        draft.put(encode(batch, encoder))
        self._passages += len(batch)
        self._encoded += sum(each.kept is None for each in batch)
        self._progress.encoded(len(batch))


def _rough_tokens(text: str) -> int:
    """Return about how many tokens a German text has; a dry run loads no model to count them."""
    return len(text) // 4
