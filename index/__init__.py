"""What ingestion writes and search reads: vocabulary, settings, encoder, store."""
