"""The ingestion job: discover, read, chunk, encode, publish."""
