"""The starter library is complete, dated, free of private data, in plain words and in our own."""
