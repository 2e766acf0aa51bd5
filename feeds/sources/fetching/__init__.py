"""Bytes from addresses: politely, within limits, and never from the desk's own network unless allowed."""
