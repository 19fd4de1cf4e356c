"""Pages of PDF files as pictures with a passage marked, drawn in a child process that may die."""
