"""Sources are read in a thread of their own, a few ahead of the encoder."""

from __future__ import annotations

import logging
import queue
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import HALF_LETTERS, KnowledgeBaseError, UnreadableSourceError
from index.passage import SourceEntry
from index.sketch import sketch_of
from ingest.encoding import length_of
from ingest.lengths import USUAL_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.passage import Document, Passage
    from ingest.discover import FoundSource
    from ingest.readers import Reader

_LOG = logging.getLogger(__name__)
_READ_AHEAD = 8  # sources that may be read before they are encoded


@dataclass(frozen=True, slots=True)
class ReadSource:
    """What reading gave: passages, or the reason why there are none."""

    found: FoundSource
    entry: SourceEntry | None
    passages: tuple[Passage, ...]
    unread: tuple[str, ...] = ()
    reason: str | None = None


@contextmanager
def read_ahead(
    sources: Sequence[FoundSource],
    read: Reader,
    count_tokens: Callable[[str], int],
    mean: float = USUAL_LENGTH,
) -> Iterator[Iterator[ReadSource]]:
    """Hand out the sources as they are read in a thread of their own, a few ahead of the caller.

    It begins at once and ends with this context. `mean` is the mean length of a passage by which BM25 will
    measure theirs.
    """
    ready: queue.Queue[ReadSource | BaseException | None] = queue.Queue(_READ_AHEAD)
    stop = threading.Event()

    def work() -> None:
        try:
            for found in sources:
                if stop.is_set():
                    return
                ready.put(_read(found, read, count_tokens, mean))
            ready.put(None)
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread, which raises it
            ready.put(error)

    threading.Thread(target=work, name="readers", daemon=True).start()
    try:
        yield _taken_from(ready)
    finally:
        stop.set()
        while not ready.empty():  # the thread may wait for a place
            ready.get_nowait()


def _taken_from(ready: queue.Queue[ReadSource | BaseException | None]) -> Iterator[ReadSource]:
    """Yield what is ready until there is no more."""
    while (each := ready.get()) is not None:
        if isinstance(each, BaseException):
            raise each
        yield each


def _read(found: FoundSource, read: Reader, count_tokens: Callable[[str], int], mean: float) -> ReadSource:
    try:
        _require_utf8(str(found.path), "Der Dateiname ist nicht in UTF-8. Bitte benennen Sie die Datei um.")
        return _taken(found, read(found.path), count_tokens, mean)
    except KnowledgeBaseError as error:
        return ReadSource(found, None, (), reason=str(error))
    except Exception as error:  # noqa: BLE001 - a defect of ours must not stop the other sources
        _LOG.exception("reading %s failed", found.source)
        kind = type(error).__name__
        reason = f"Beim Lesen trat ein unerwarteter Fehler auf ({kind}). Bitte melden Sie ihn uns."
        return ReadSource(found, None, (), reason=reason)


def _taken(
    found: FoundSource, document: Document, count_tokens: Callable[[str], int], mean: float
) -> ReadSource:
    # Here and not above: they bring all readers, two seconds that an unchanged corpus never needs.
    from ingest.chunking import passages_of  # noqa: PLC0415
    from ingest.health import remarks_of  # noqa: PLC0415
    from ingest.metadata import metadata_of  # noqa: PLC0415

    metadata = metadata_of(found, document)
    passages = passages_of(document, found.source, metadata, count_tokens)
    if not passages:
        message = "Die Datei enthält keinen lesbaren Text."
        raise UnreadableSourceError(message)
    for each in passages:
        _require_utf8(each.headline + each.text, HALF_LETTERS)
    entry = SourceEntry(
        found.source,
        found.content,
        found.revision,
        metadata,
        passages=len(passages),
        length=length_of(passages),
        mean_length=mean,
        remarks=remarks_of(document, metadata, passages),
        sketch=sketch_of(each.text[span.start : span.end] for each in passages for span in each.sentences),
    )
    return ReadSource(found, entry, tuple(passages), document.unread)


def _require_utf8(text: str, otherwise: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableSourceError(otherwise) from error
