"""The server store: Qdrant behind KB_QDRANT_URL."""
