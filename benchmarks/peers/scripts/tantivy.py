"""Tantivy: its BM25 with its German stop words and German stemmer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tantivy  # type: ignore[import-not-found]  # lives in the peer's environment

from benchmarks.peers.scripts.exchange import DEPTH, answer, installed

if TYPE_CHECKING:
    from benchmarks.peers.scripts.exchange import Export, Ranking

_ANALYZER = "german"  # not among the registered ones: Tantivy's "en_stem" has no sister for German


def rank(export: Export) -> list[Ranking]:
    """Return for each question the rows of the passages that share a term with it."""
    analyzer, schema = _analyzer(), _schema()
    index = tantivy.Index(schema)
    index.register_tokenizer(_ANALYZER, analyzer)
    writer = index.writer(num_threads=1)  # one segment, so that one set of frequencies counts
    for row, passage in enumerate(export.passages):
        writer.add_document(tantivy.Document(row=row, text=passage.text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    return [_found(analyzer.analyze(question.text), searcher, schema) for question in export.questions]


def _analyzer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.lowercase(),
        tantivy.Filter.stopword("german"),
        tantivy.Filter.stemmer("german"),
    ):
        builder = builder.filter(step)
    return builder.build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=True)
    builder.add_text_field("text", tokenizer_name=_ANALYZER)
    return builder.build()


def _found(terms: list[str], searcher: tantivy.Searcher, schema: tantivy.Schema) -> list[int]:
    """Search for any of the terms; a question is no query, so its signs must not become operators."""
    wanted = [
        (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term))
        for term in dict.fromkeys(terms)
    ]
    hits = searcher.search(tantivy.Query.boolean_query(wanted), limit=DEPTH).hits
    return [searcher.doc(address)["row"][0] for _, address in hits]


if __name__ == "__main__":
    answer(rank, installed("tantivy"))
