"""The ingestion: plan, then read and encode side by side, then publish in one step."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from index.errors import KnowledgeBaseError, NothingPublishedError, WithdrawnError
from index.judgements import FILE_NAME as JUDGEMENTS
from index.judgements import read_judgements
from index.thesaurus import FILE_NAME as THESAURUS
from index.thesaurus import check_thesaurus
from ingest.discover import compare, digest_of, discover, former_paths
from ingest.encoding import encode, pending
from ingest.lengths import mean_length, settle
from ingest.pace import Stage
from ingest.preview import preview
from ingest.publishing.gate import GateResult
from ingest.publishing.withdrawn import Materials
from ingest.read_ahead import read_ahead
from ingest.report import Report
from ingest.tally import Remark, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from index.collection import Collection, Draft, Generation
    from index.encoder import PassageEncoder
    from ingest.discover import FoundSource, Plan
    from ingest.encoding import PendingPassage
    from ingest.publishing.publisher import Publisher
    from ingest.read_ahead import ReadSource
    from ingest.workshop import Workshop

_WINDOW = 64  # passages encoded together: enough to sort by length, 2 MB of vectors


class Progress(Protocol):
    """Is told how far an ingestion is."""

    def begin(self, sources: int, sizes: Mapping[str, int]) -> None:
        """Work on so many sources begins; `sizes` are their lengths in bytes."""

    def source_done(self, source: str, passages: int) -> None:
        """A source is read, with so many passages (0: it failed)."""

    def encoded(self, passages: int) -> None:
        """So many more passages are encoded and written."""

    def stage(self, stage: Stage) -> None:
        """Everything is read and written; this comes next."""


class Ingestion:
    """One run over a corpus; `publisher` decides whether what it made is served."""

    def __init__(
        self,
        corpus: Path,
        collection: Collection,
        workshop: Workshop,
        progress: Progress,
        publisher: Publisher,
    ) -> None:
        self._corpus = corpus
        self._collection = collection
        self._workshop = workshop
        self._progress = progress
        self._publisher = publisher
        self._tally = Tally(())
        self._waiting: list[PendingPassage] = []
        self._passages = 0
        self._encoded = 0
        self._reading_s = 0.0

    def plan(self) -> Report:
        """Return what `run` would do: nothing is encoded or written.

        Raises:
            KnowledgeBaseError: it could do nothing at all.
        """
        began_s = time.monotonic()
        with self._surveyed() as (found, published):
            plan = self._compared(found, published)
            to_encode = preview(plan, published, self._workshop, self._tally, self._progress)
        self._check_thesaurus()
        self._check_judgements()
        report = replace(self._report(plan, began_s), to_encode=to_encode)
        try:
            self._publisher.require_wanted(_materials(found))
        except WithdrawnError as error:
            return replace(report, gate=GateResult(remarks=(str(error),)))
        return report

    def run(self) -> Report:
        """Bring the published generation to the state of the corpus and say what was done.

        Raises:
            KnowledgeBaseError: nothing could be done at all; the published generation is untouched.
        """
        began_s = time.monotonic()
        with self._surveyed() as (found, published):
            plan = self._compared(found, published)
        self._check_thesaurus()
        if plan.empty:
            return self._report(plan, began_s)
        materials = _materials(found)
        self._publisher.require_wanted(materials)
        candidate = self._made(plan, materials.digest)
        if candidate is None:
            return self._report(plan, began_s)
        self._progress.stage(Stage.CHECK)
        expected = sum(entry.passages for entry in self._tally.sources.values())
        about_to = partial(self._progress.stage, Stage.PUBLISH)
        decision = self._publisher.publish(candidate, expected, about_to)
        report = self._report(plan, began_s)
        return replace(report, published=decision.published, gate=decision.gate)

    def _report(self, plan: Plan, began_s: float) -> Report:
        return Report(
            plan=plan,
            passages=self._passages,
            encoded=self._encoded,
            failed=tuple(self._tally.failed),
            unread=tuple(self._tally.unread),
            sources=tuple(self._tally.sources.values()),
            took_s=time.monotonic() - began_s,
            reading_s=self._reading_s,
        )

    def _check_thesaurus(self) -> None:
        """Name a mistake in the thesaurus to whoever has just saved it; the search keeps the former one."""
        try:
            check_thesaurus(self._corpus)
        except KnowledgeBaseError as error:
            self._tally.unread.append(Remark(THESAURUS, str(error)))

    def _check_judgements(self) -> None:
        """Name a mistake in the judged questions before anything is encoded in vain."""
        try:
            read_judgements(self._corpus)
        except KnowledgeBaseError as error:
            self._tally.unread.append(Remark(JUDGEMENTS, str(error)))

    @contextmanager
    def _surveyed(self) -> Iterator[tuple[list[FoundSource], Generation | None]]:
        """Look through the corpus while the published generation is opened."""
        with ThreadPoolExecutor(1) as beside:
            found = beside.submit(discover, self._corpus)
            with self._published() as published:
                yield found.result(), published

    @contextmanager
    def _published(self) -> Iterator[Generation | None]:
        """Open the published generation; one with another stamp counts as none."""
        try:
            generation = self._collection.open()
        except NothingPublishedError:
            yield None
            return
        try:
            yield generation if generation.stamp == self._workshop.stamp else None
        finally:
            generation.close()

    def _compared(self, found: list[FoundSource], published: Generation | None) -> Plan:
        self._tally = Tally(published.catalogue() if published else ())
        return compare(found, list(self._tally.sources.values()))

    def _made(self, plan: Plan, digest: str) -> str | None:
        """Return the generation that was made, None if nothing at all could be read."""
        self._publisher.prepare()
        self._tally.remove(plan.removed)
        self._progress.begin(len(plan.to_read), plan.sizes())
        with self._reading(plan) as reading:  # meanwhile a large generation is copied
            draft = self._collection.draft(self._workshop.stamp)
            try:
                draft.remove(plan.removed)
                if plan.to_read:
                    self._fill(draft, former_paths(plan), reading)
                if len(self._tally.failed) == len(plan.to_read) and not plan.removed:
                    return None
                self._tally.settled(settle(draft, self._tally.sources.values()))
                return draft.finish(digest, self._publisher.now())
            finally:
                draft.discard()

    def _reading(self, plan: Plan) -> AbstractContextManager[Iterator[ReadSource]]:
        load, mean = self._workshop.load_encoder, mean_length(self._tally.sources.values())
        return read_ahead(plan.to_read, self._workshop.read, lambda text: load().count_tokens(text), mean)

    def _fill(self, draft: Draft, former: Mapping[str, str], reading: Iterator[ReadSource]) -> None:
        encoder = self._workshop.load_encoder()  # while the first source is read
        began_s = time.monotonic()
        for each in reading:
            self._take(each, former.get(each.found.source), draft)
            while len(self._waiting) >= _WINDOW:
                self._write(draft, encoder, _WINDOW)
        self._write(draft, encoder, len(self._waiting))
        self._reading_s = time.monotonic() - began_s

    def _take(self, each: ReadSource, former: str | None, draft: Draft) -> None:
        source = each.found.source
        self._progress.source_done(source, len(each.passages))
        self._tally.note(each, former)
        if each.entry is None:
            return
        stored = draft.vectors(former or source)
        moved = draft.passages(former) if former else ()
        draft.remove([former or source])
        self._waiting += pending(each.entry, each.passages, stored, moved)

    def _write(self, draft: Draft, encoder: PassageEncoder, count: int) -> None:
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        if not batch:
            return
        written = encode(batch, encoder, self._workshop.cache)
        draft.put(written.passages)
        self._passages += len(batch)
        self._encoded += written.computed
        self._progress.encoded(len(batch))


def _materials(found: Sequence[FoundSource]) -> Materials:
    return Materials(digest_of(found), {each.source: each.revision for each in found})
