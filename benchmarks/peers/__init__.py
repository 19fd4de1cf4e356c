"""Other ways to search, beside ours on the same corpus, questions and embeddings."""
