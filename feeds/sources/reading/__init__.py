"""Bytes to entries: documents, feeds and pages of every kind, sound or broken."""
