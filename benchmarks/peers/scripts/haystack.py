"""Haystack hybrid: our vectors beside its own BM25 in its in-memory store, joined by its RRF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haystack import Document, Pipeline  # type: ignore[import-not-found]  # lives in the peer's environment
from haystack.components.joiners import DocumentJoiner  # type: ignore[import-not-found]  # as above
from haystack.components.retrievers import (  # type: ignore[import-not-found]  # as above
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import (  # type: ignore[import-not-found]  # as above
    InMemoryDocumentStore,
)

from benchmarks.peers.scripts.exchange import DEPTH, answer, installed

if TYPE_CHECKING:
    from benchmarks.peers.scripts.exchange import Export, Ranking


def rank(export: Export) -> list[Ranking]:
    """Return for each question the rows that both retrievers find, joined."""
    search = _search(_store(export))
    rankings: list[Ranking] = []
    for question, vector in zip(export.questions, export.question_vectors, strict=True):
        wanted = {"terms": {"query": question.text}, "meaning": {"query_embedding": vector.tolist()}}
        found = search.run(wanted)["joiner"]["documents"]
        rankings.append([int(document.id) for document in found])
    return rankings


def _store(export: Export) -> InMemoryDocumentStore:
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents(
        [
            Document(id=str(row), content=passage.text, embedding=vector.tolist())
            for row, (passage, vector) in enumerate(zip(export.passages, export.passage_vectors, strict=True))
        ]
    )
    return store


def _search(store: InMemoryDocumentStore) -> Pipeline:
    search = Pipeline()
    search.add_component("terms", InMemoryBM25Retriever(store, top_k=DEPTH))
    search.add_component("meaning", InMemoryEmbeddingRetriever(store, top_k=DEPTH))
    search.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEPTH))
    search.connect("terms", "joiner")
    search.connect("meaning", "joiner")
    return search


if __name__ == "__main__":
    answer(rank, installed("haystack-ai"))
