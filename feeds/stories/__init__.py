"""One story once: which articles tell the same, of those of the last days."""
