"""The whole knowledge base in one archive, and back again."""
