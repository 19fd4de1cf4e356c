"""Changes of the corpus published as they come."""
