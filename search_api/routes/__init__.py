"""The endpoints: they parse and delegate."""
