"""One script a peer; each runs in the peer's environment and knows its library, numpy and `exchange` only."""
