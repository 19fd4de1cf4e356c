"""The ingestion: plan, then read and encode side by side, then publish in one step."""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from index.errors import KnowledgeBaseError, NothingPublishedError, UnreadableSourceError
from index.passage import SourceEntry
from index.thesaurus import FILE_NAME as THESAURUS
from index.thesaurus import check_thesaurus
from ingest.discover import compare, discover, former_paths
from ingest.encoding import encode, length_of, pending
from ingest.lengths import USUAL_LENGTH, mean_length, settle
from ingest.metadata import metadata_of
from ingest.readers import read
from ingest.report import Remark, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from index.collection import Collection, Draft
    from index.encoder import PassageEncoder
    from index.passage import Passage
    from index.stamp import Stamp
    from ingest.discover import FoundSource, Plan
    from ingest.encoding import PendingPassage

_LOG = logging.getLogger(__name__)
_WINDOW = 64  # passages encoded together: enough to sort by length, 2 MB of vectors
_READ_AHEAD = 8  # sources that may be read before they are encoded


class Progress(Protocol):
    """Is told how far an ingestion is."""

    def begin(self, sources: int) -> None:
        """Work on so many sources begins."""

    def source_done(self, source: str) -> None:
        """A source is read (or failed)."""

    def encoded(self, passages: int) -> None:
        """So many more passages are encoded and written."""


@dataclass(frozen=True, slots=True)
class _ReadSource:
    """What reading gave: passages, or the reason why there are none."""

    found: FoundSource
    entry: SourceEntry | None
    passages: tuple[Passage, ...]
    unread: tuple[str, ...] = ()
    reason: str | None = None


class Ingestion:
    """One run over a corpus. `load_encoder` is called only if something has to be encoded."""

    def __init__(
        self,
        corpus: Path,
        collection: Collection,
        stamp: Stamp,
        load_encoder: Callable[[], PassageEncoder],
        progress: Progress,
    ) -> None:
        self._corpus = corpus
        self._collection = collection
        self._stamp = stamp
        self._load_encoder = load_encoder
        self._progress = progress
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
        plan = self.plan()
        self._check_thesaurus()
        published = None if dry_run or plan.empty else self._apply(plan)
        return Report(
            plan=plan,
            dry_run=dry_run,
            published=published,
            passages=self._passages,
            encoded=self._encoded,
            failed=tuple(self._failed),
            unread=tuple(self._unread),
            took_s=time.monotonic() - began,
        )

    def _check_thesaurus(self) -> None:
        """Name a mistake in the thesaurus to whoever has just saved it; the search keeps the former one."""
        try:
            check_thesaurus(self._corpus)
        except KnowledgeBaseError as error:
            self._unread.append(Remark(THESAURUS, str(error)))

    def plan(self) -> Plan:
        """Compare the corpus with the published generation; one with another stamp counts as none."""
        found = discover(self._corpus)
        try:
            generation = self._collection.open()
        except NothingPublishedError:
            return compare(found, [])
        try:
            return compare(found, generation.catalogue() if generation.stamp == self._stamp else [])
        finally:
            generation.close()

    def _apply(self, plan: Plan) -> str | None:
        draft = self._collection.draft(self._stamp)
        try:
            draft.remove(plan.removed)
            self._fill(draft, plan)
            if len(self._failed) == len(plan.to_read) and not plan.removed:
                return None
            settle(draft)
            return draft.publish()
        finally:
            draft.discard()

    def _fill(self, draft: Draft, plan: Plan) -> None:
        former = former_paths(plan)
        self._progress.begin(len(plan.to_read))
        if not plan.to_read:
            return
        encoder = self._load_encoder()
        mean = mean_length(draft.catalogue())
        for each in read_ahead(plan.to_read, encoder.count_tokens, mean):
            self._progress.source_done(each.found.source)
            self._take(each, former.get(each.found.source), draft)
            while len(self._waiting) >= _WINDOW:
                self._write(draft, encoder, _WINDOW)
        self._write(draft, encoder, len(self._waiting))

    def _take(self, each: _ReadSource, former: str | None, draft: Draft) -> None:
        source = each.found.source
        if each.entry is None:
            self._failed.append(Remark(source, each.reason or ""))
            return
        self._unread += [Remark(source, words) for words in each.unread]
        kept = draft.vectors(former or source)
        draft.remove([former or source])
        self._waiting += pending(each.entry, each.passages, kept)

    def _write(self, draft: Draft, encoder: PassageEncoder, count: int) -> None:
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        if not batch:
            return
        draft.put(encode(batch, encoder))
        self._passages += len(batch)
        self._encoded += sum(each.kept is None for each in batch)
        self._progress.encoded(len(batch))


def read_ahead(
    sources: Sequence[FoundSource], count_tokens: Callable[[str], int], mean: float = USUAL_LENGTH
) -> Iterator[_ReadSource]:
    """Yield the sources as they are read in a thread of their own, a few ahead of the caller.

    `mean` is the mean length of a passage by which BM25 will measure theirs.
    """
    ready: queue.Queue[_ReadSource | BaseException | None] = queue.Queue(_READ_AHEAD)
    stop = threading.Event()

    def work() -> None:
        try:
            for found in sources:
                if stop.is_set():
                    return
                ready.put(_read(found, count_tokens, mean))
            ready.put(None)
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread, which raises it
            ready.put(error)

    threading.Thread(target=work, name="readers", daemon=True).start()
    try:
        while (each := ready.get()) is not None:
            if isinstance(each, BaseException):
                raise each
            yield each
    finally:
        stop.set()
        while not ready.empty():  # the thread may wait for a place
            ready.get_nowait()


def _read(found: FoundSource, count_tokens: Callable[[str], int], mean: float) -> _ReadSource:
    from ingest.chunking import passages_of  # noqa: PLC0415 - a second that an unchanged corpus never needs

    try:
        _require_utf8(str(found.path), "Der Dateiname ist nicht in UTF-8. Bitte benennen Sie die Datei um.")
        document = read(found.path)
        metadata = metadata_of(found, document)
        passages = passages_of(document, found.source, metadata, count_tokens)
        if not passages:
            message = "Die Datei enthält keinen lesbaren Text."
            raise UnreadableSourceError(message)
        for each in passages:
            _require_utf8(each.headline + each.text, "Der Text enthält Zeichen, die keine sind (Surrogate).")
    except KnowledgeBaseError as error:
        return _ReadSource(found, None, (), reason=str(error))
    except Exception as error:  # noqa: BLE001 - a reader's defect must not stop the other sources
        _LOG.exception("reading %s failed", found.source)
        kind = type(error).__name__
        reason = f"Beim Lesen trat ein unerwarteter Fehler auf ({kind}). Bitte melden Sie ihn uns."
        return _ReadSource(found, None, (), reason=reason)
    entry = SourceEntry(
        found.source, found.content, found.revision, metadata, len(passages), length_of(passages), mean
    )
    return _ReadSource(found, entry, tuple(passages), document.unread)


def _require_utf8(text: str, otherwise: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableSourceError(otherwise) from error
