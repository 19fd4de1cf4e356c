"""The empty shard: our three vectors and the fields that are filtered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qdrant_edge import (
    Distance,
    EdgeConfig,
    EdgeShard,
    EdgeSparseVectorParams,
    EdgeVectorParams,
    HnswIndexConfig,
    Memory,
    Modifier,
    MultiVectorComparator,
    MultiVectorConfig,
    PayloadSchemaType,
    UpdateOperation,
    VectorStorageDatatype,
)

from index.payload import KEYWORDS, NUMBERS

if TYPE_CHECKING:
    from pathlib import Path


def create_shard(folder: Path, dimension: int) -> EdgeShard:
    """Create an empty shard in `folder` with our three vectors and the filtered fields indexed."""
    multivector = EdgeVectorParams(
        size=dimension,
        distance=Distance.Cosine,
        multivector_config=MultiVectorConfig(MultiVectorComparator.MaxSim),
        datatype=VectorStorageDatatype.Float16,
        # Sentences only rescore what the other legs found: a graph over them would never be walked.
        hnsw_config=HnswIndexConfig(m=0, ef_construct=4, full_scan_threshold=0),
        # Most of the index: 400 of 550 MB at 50 000 passages. A question needs a few hundred of them, so
        # not all need be in the process, and twice while a new generation takes over.
        memory=Memory.Cold,
    )
    config = EdgeConfig(
        vectors={
            "passage": EdgeVectorParams(size=dimension, distance=Distance.Cosine),
            "sentences": multivector,
        },
        sparse_vectors={"terms": EdgeSparseVectorParams(modifier=Modifier.Idf)},
        wal_enabled=False,
    )
    folder.mkdir(parents=True)
    shard = EdgeShard.create(str(folder), config)
    for key in KEYWORDS:
        shard.update(UpdateOperation.create_field_index(key, PayloadSchemaType.Keyword))
    for key in NUMBERS:
        shard.update(UpdateOperation.create_field_index(key, PayloadSchemaType.Integer))
    return shard
