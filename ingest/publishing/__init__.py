"""Whether what was made is served: examined, decided, written down."""
