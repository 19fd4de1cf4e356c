"""Directories that come from elsewhere and become generations of the embedded store."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from index.durable import copy_sparsely, move_into_place
from index.embedded import edge
from index.embedded.draft import DRAFT_SUFFIX
from index.embedded.folder import edge_errors, load_shard, unavailable, write_record

if TYPE_CHECKING:
    from pathlib import Path

    from index.generations import GenerationRecord

FORM = "qdrant-edge"  # what the files of an export are


def adopt_folder(folder: Path, generations: Path, record: GenerationRecord) -> None:
    """Move `folder` in among the `generations` as the one that `record` names.

    It is looked at under a draft's name: a crash leaves what the next draft clears away.

    Raises:
        OSError: it cannot be moved.
        StoreUnavailableError: Edge cannot open it, or passages are missing.
    """
    draft = generations / (record.id + DRAFT_SUFFIX)
    generations.mkdir(parents=True, exist_ok=True)
    if draft.exists():
        shutil.rmtree(draft)
    shutil.move(folder, draft, copy_function=copy_sparsely)
    try:
        _require_whole(draft, record)
        write_record(draft, record)
        move_into_place(draft, draft.with_name(record.id))
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _require_whole(folder: Path, record: GenerationRecord) -> None:
    shard = load_shard(folder)
    try:
        with edge_errors(folder):
            if edge.count(shard) != record.passages:
                raise unavailable(folder, "es fehlen Textstellen")
    finally:
        shard.close()
