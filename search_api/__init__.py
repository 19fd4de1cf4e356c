"""The search API: FastAPI over the published generation."""
